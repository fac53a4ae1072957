using System.Globalization;
using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>CloudFormation of the double: stacks that live as scripts say. A call with a known token is not carried out again.</summary>
internal sealed class DoubleStacks(TimeProvider clock)
{
    private const int PageSize = 100;
    private static readonly string[] Actions = ["CreateStack", "DeleteStack", "UpdateStack", "DescribeStacks", "DescribeStackEvents", "SignalResource"];
    private readonly Lock gate = new();
    private readonly List<DoubleStack> stacks = [];

    /// <summary>The life of stacks that are made from now on.</summary>
    public StackScript Script { get; set; } = StackScript.Good;

    /// <summary>The lives of the next ones, each of one stack.</summary>
    public Queue<StackScript> Next { get; } = new();

    /// <summary>Stacks that were made and are not gone.</summary>
    public IReadOnlyList<string> Alive
    {
        get
        {
            lock (gate) return [.. stacks.Where(stack => !stack.IsGone).Select(stack => stack.Name)];
        }
    }

    /// <summary>How many were ever made.</summary>
    public int Made
    {
        get
        {
            lock (gate) return stacks.Count;
        }
    }

    public bool Has(string action) => Actions.Contains(action);

    /// <summary>Whether a call is about a stack of a run: in front of a server that has the others.</summary>
    public bool IsOfRun(DoubleCall call) => Actions.Contains(call.Action) && (call["StackName"].Length == 0 || NameOf(call["StackName"]).StartsWith("eyeslots-run-", StringComparison.Ordinal));

    public DoubleAnswer? Answer(DoubleCall call)
    {
        lock (gate)
        {
            return call.Action switch
            {
                "CreateStack" => Create(call),
                "DeleteStack" => Delete(call),
                "UpdateStack" => AwsAnswers.Refuse(call, 400, "ValidationError", "No updates are to be performed."),
                "DescribeStacks" => Describe(call),
                "DescribeStackEvents" => Find(call["StackName"]) is { } stack ? Events(stack, call["NextToken"]) : Missing(call),
                "SignalResource" => AwsAnswers.CloudFormation("SignalResource", ""),
                _ => null,
            };
        }
    }

    private DoubleAnswer Create(DoubleCall call)
    {
        var (name, token) = (call["StackName"], call["ClientRequestToken"]);
        var same = stacks.Find(stack => !stack.IsGone && stack.Name == name);
        if (same is not null && same.Token != token) return AwsAnswers.Refuse(call, 400, "AlreadyExistsException", $"Stack [{name}] already exists");
        if (same is null)
        {
            same = new(name, token, Next.TryDequeue(out var next) ? next : Script, clock, Pairs(call, "Parameters", "ParameterKey", "ParameterValue"), Pairs(call, "Tags", "Key", "Value"), stacks.Count);
            stacks.Add(same);
        }

        return AwsAnswers.CloudFormation("CreateStack", $"<StackId>{same.Id}</StackId>");
    }

    private DoubleAnswer Delete(DoubleCall call)
    {
        Find(call["StackName"])?.Delete(call["ClientRequestToken"]);
        return AwsAnswers.CloudFormation("DeleteStack", "");
    }

    private DoubleAnswer Describe(DoubleCall call)
    {
        if (call["StackName"].Length == 0)
            return AwsAnswers.CloudFormation("DescribeStacks", $"<Stacks>{string.Concat(stacks.Where(stack => !stack.IsGone).Select(stack => AwsAnswers.Of(stack.Step())))}</Stacks>");
        return Find(call["StackName"]) is { } found ? AwsAnswers.CloudFormation("DescribeStacks", $"<Stacks>{AwsAnswers.Of(found.Step())}</Stacks>") : Missing(call);
    }

    private static DoubleAnswer Events(DoubleStack stack, string token)
    {
        var from = token.Length == 0 ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
        var page = stack.Events.Reverse().Skip(from).Take(PageSize).Select(AwsAnswers.Of);
        var next = from + PageSize < stack.Events.Count ? $"<NextToken>{from + PageSize}</NextToken>" : "";
        return AwsAnswers.CloudFormation("DescribeStackEvents", $"<StackEvents>{string.Concat(page)}</StackEvents>{next}");
    }

    /// <summary>By its id, or by its name while it is not gone.</summary>
    private DoubleStack? Find(string nameOrId) => stacks.Find(stack => stack.Id == nameOrId || (stack.Name == nameOrId && !stack.IsGone));

    private static string NameOf(string nameOrId) => nameOrId.Split('/') is [_, var name, ..] ? name : nameOrId;

    private static DoubleAnswer Missing(DoubleCall call) => AwsAnswers.Refuse(call, 400, "ValidationError", $"Stack with id {call["StackName"]} does not exist");

    private static IReadOnlyList<(string Key, string Value)> Pairs(DoubleCall call, string list, string key, string value)
    {
        List<(string, string)> pairs = [];
        for (var i = 1; call[$"{list}.member.{i}.{key}"] is { Length: > 0 } name; i++) pairs.Add((name, call[$"{list}.member.{i}.{value}"]));
        return pairs;
    }
}

/// <summary>A stack of the double.</summary>
internal sealed class DoubleStack(
    string name, string token, StackScript script, TimeProvider clock, IReadOnlyList<(string Key, string Value)> parameters, IReadOnlyList<(string Key, string Value)> tags, int number)
{
    private readonly List<StackEvent> events = [];
    private readonly DateTimeOffset made = clock.GetUtcNow();
    private int step;
    private int deletions;
    private string? status;
    private string? reason;

    public string Name => name;

    public string Token => token;

    public string Id { get; } = $"arn:aws:cloudformation:{AwsDouble.Region}:{AwsDouble.Account}:stack/{name}/aaf549a0-a413-11df-adb3-{number:x12}";

    public IReadOnlyList<StackEvent> Events => events;

    public bool IsGone => status == "DELETE_COMPLETE";

    /// <summary>Begins to delete it; where the script has it fail, a resource resists.</summary>
    public void Delete(string by)
    {
        if (IsGone) return;
        deletions++;
        Happen(new(name, "AWS::CloudFormation::Stack", status = "DELETE_IN_PROGRESS", "User Initiated"), by);
    }

    /// <summary>The stack as it stands, one step further than before.</summary>
    public Stack Step()
    {
        if (deletions > 0) StepDeletion();
        else if (step < script.Making.Count)
        {
            foreach (var happening in script.Making[step].Happenings) Happen(happening, token);
            (status, reason) = (script.Making[step].Status, script.Making[step].Reason);
            step++;
        }

        return new()
        {
            StackId = Id, StackName = name, StackStatus = status!, StackStatusReason = reason, CreationTime = made,
            Parameters = [.. parameters.Select(pair => new Parameter(pair.Key, pair.Value))], Tags = [.. tags.Select(pair => new Tag(pair.Key, pair.Value))],
        };
    }

    private void StepDeletion()
    {
        if (status != "DELETE_IN_PROGRESS") return;
        var succeeds = script.Deletions[Math.Min(deletions, script.Deletions.Count) - 1];
        if (!succeeds) Happen(new("Bucket", "AWS::S3::Bucket", "DELETE_FAILED", "The bucket you tried to delete is not empty"), token);
        status = succeeds ? "DELETE_COMPLETE" : "DELETE_FAILED";
        Happen(new(name, "AWS::CloudFormation::Stack", status, null), token);
    }

    private void Happen(StackHappening happening, string by) => events.Add(new()
    {
        EventId = $"{happening.Resource}-{happening.Status}-{events.Count}", StackId = Id, LogicalResourceId = happening.Resource,
        PhysicalResourceId = happening.Resource == name ? Id : happening.Id, ResourceType = happening.Type, Timestamp = clock.GetUtcNow(),
        ResourceStatus = happening.Status, ResourceStatusReason = happening.Reason, ClientRequestToken = by,
    });
}
