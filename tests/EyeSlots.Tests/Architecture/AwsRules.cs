using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EyeSlots.Tests.Architecture;

/// <summary>The folders of EyeSlots.Aws point down the flow only, and the project knows the stores and its libraries alone.</summary>
public sealed class AwsRules
{
    private static readonly Assembly Aws = typeof(EyeSlots.Aws.Requests.AwsAccess).Assembly;
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Aws).Build();

    /// <summary>The folders in the order of the flow: each knows those before it.</summary>
    private static readonly string[] Flow = ["Requests", "Services", "CloudFormation", "Mailbox", "Artifacts", "Costs", "Clusters", "Nodes", "Nightly"];

    public static TheoryData<string, string> Folders =>
        [.. Flow.SelectMany((folder, at) => Flow[(at + 1)..].Select(later => new TheoryDataRow<string, string>(folder, later)))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfAws_KnowsNothingThatComesLaterInTheFlow(string folder, string later)
    {
        var rule = Types().That().ResideInNamespaceMatching(Below(folder)).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below(later)))
            .WithoutRequiringPositiveResults();
        var broken = rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description);
        Assert.True(rule.HasNoViolations(House), string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Flow_NamesEveryFolder()
    {
        var folders = Aws.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith("EyeSlots.Aws.", StringComparison.Ordinal)).Select(name => name.Split('.')[2]).Distinct();
        Assert.Empty(folders.Except(Flow));
    }

    [Fact]
    public void Aws_ReferencesCoreTheStoresAndItsLibrariesOnly() => Assert.Empty(
        Aws.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .Except(["EyeSlots.Core", "EyeSlots.Storage.S3", "AWSSDK.Core", "Polly.Core", "Microsoft.Win32.Primitives"]));

    private static string Below(string folder) => $@"^EyeSlots\.Aws\.{folder}(\.|$)";
}
