namespace EyeSlots.Aws.CloudFormation;

/// <summary>Reads ids of stacks: <c>arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID</c>.</summary>
internal static class StackId
{
    /// <summary>The name in an id; a name is its own.</summary>
    public static string NameOf(string id) => id.Split('/') is [_, var name, ..] ? name : id;

    /// <summary>The line that deletes it although a resource resists, which then stays behind.</summary>
    public static string LineThatForces(string id)
    {
        var region = id.Split(':') is [_, _, _, var named, ..] ? $" --region {named}" : "";
        return $"aws cloudformation delete-stack --stack-name {NameOf(id)} --deletion-mode FORCE_DELETE_STACK{region}";
    }
}
