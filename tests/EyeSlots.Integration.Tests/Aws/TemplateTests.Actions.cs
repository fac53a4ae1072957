using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Templates = System.Collections.Generic.IReadOnlyDictionary<string, EyeSlots.Integration.Tests.Aws.ParsedTemplate>;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What may be called is what is called: no action is missing, and none is allowed that nobody uses.</summary>
public sealed partial class TemplateTests
{
    [Fact]
    public void ActionsOfPolicies_AreThoseThatAreCalled_AndEachOtherHasAReason() => Holds(
        UnexplainedActions,
        all => Actions(all, "OperatorPolicy", "cloudformation:DescribeStackEvents").Statement["Action"] = "cloudformation:ListStacks",
        all => Actions(all, "MasterRole", "autoscaling:SetDesiredCapacity").Statement["Action"] = new JsonArray(),
        all => Actions(all, "NightlyMachineRole", "s3:ListBucket").Statement["Action"] = new JsonArray("s3:ListBucket", "s3:DeleteObject"),
        all => Actions(all, "ReaperRole", "sns:Publish").Statement["Action"] = "sns:Subscribe");

    private static IEnumerable<string> UnexplainedActions(Templates all)
    {
        var reasons = ActionRow().Matches(File.ReadAllText(ParsedTemplate.PathOf("accepted.md"))).Select(row => $"{row.Groups["who"].Value} {row.Groups["action"].Value}").ToHashSet(StringComparer.Ordinal);
        var differences = Different("operators", CalledActions.OfOperators(), AllowedTo(all, "OperatorPolicy"))
            .Concat(Different("nodes", CalledActions.OfNodes(), AllowedTo(all, "MachinePolicy", "MasterRole", "WorkerRole", "TrainerRole")))
            .Concat(Different("nights", CalledActions.OfMachine(Machine(all["nightly"], "Night").ToJsonString()), AllowedTo(all, "NightlyMachineRole")))
            .Concat(Different("reaper", CalledActions.OfMachine(Machine(all["base"], "Reaper").ToJsonString()), AllowedTo(all, "ReaperRole"))).ToHashSet(StringComparer.Ordinal);
        return differences.Except(reasons).Select(one => $"{one} has no reason").Concat(reasons.Except(differences).Select(one => $"{one} needs no reason"));
    }

    private static IEnumerable<string> Different(string who, IEnumerable<string> called, IEnumerable<string> allowed)
    {
        var difference = called.ToHashSet(StringComparer.Ordinal);
        difference.SymmetricExceptWith(allowed);
        return difference.Select(action => $"{who} {action}");
    }

    private static IEnumerable<string> AllowedTo(Templates all, params string[] owners) =>
        all["base"].Allowed().Where(one => owners.Contains(one.Owner)).SelectMany(one => ParsedTemplate.Texts(one.Statement["Action"])).Where(action => action != "sts:AssumeRole").Distinct();

    private static (string Owner, JsonObject Statement) Actions(Templates all, string owner, string action) =>
        all["base"].Allowed().First(one => one.Owner == owner && ParsedTemplate.Texts(one.Statement["Action"]).Contains(action));

    [GeneratedRegex(@"^\| (?<who>operators|nodes|nights|reaper) \| (?<action>\w+:\w+) \| (?<reason>.{15,}) \|$", RegexOptions.Multiline)]
    private static partial Regex ActionRow();
}
