using ArchUnitNET.Loader;
using EyeSlots.Reporting.Runs;
using Assembly = System.Reflection.Assembly;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace EyeSlots.Tests.Architecture;

/// <summary>EyeSlots.Reporting knows no image type and no libtorch, and its folders point down the flow only.</summary>
public sealed class ReportingRules
{
    private static readonly Assembly Reporting = typeof(RunPage).Assembly;
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Reporting).Build();

    /// <summary>The folders in the order of the flow: each knows those before it. The pages of runs and of datasets know nothing of each other.</summary>
    private static readonly string[] Flow = ["Pages", "Plots", "Runs", "Datasets"];

    public static TheoryData<string, string> Folders =>
        [.. Flow.SelectMany((folder, at) => Flow[(at + 1)..].Select(later => new TheoryDataRow<string, string>(folder, later)))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_OfReporting_KnowsNothingThatComesLaterInTheFlow(string folder, string later)
    {
        var rule = Types().That().ResideInNamespaceMatching(Below(folder)).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below(later)));
        var broken = rule.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description);
        Assert.True(rule.HasNoViolations(House), string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void PagesOfDatasets_KnowNothingOfRuns() => Assert.True(
        Types().That().ResideInNamespaceMatching(Below("Datasets")).Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below("Runs"))).HasNoViolations(House));

    [Fact]
    public void Flow_NamesEveryFolder() => Assert.Equal(
        Flow.Order(StringComparer.Ordinal),
        Reporting.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith("EyeSlots.Reporting.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[2]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Reporting_ReferencesCoreAndItsLibrariesOnly() => Assert.Empty(
        Reporting.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .Except(["EyeSlots.Core", "OxyPlot", "Sylvan.Data.Csv"]));

    [Fact]
    public void PagesOutsideOfPlots_KnowNothingOfTheLibraryThatDraws() => Assert.Empty(
        Types().That().ResideInNamespaceMatching(@"^EyeSlots\.Reporting\.(Pages|Runs|Datasets)(\.|$)").GetObjects(House)
            .Where(type => type.Dependencies.Any(one => one.Target.FullName.StartsWith("OxyPlot", StringComparison.Ordinal))).Select(type => type.FullName));

    private static string Below(string folder) => $@"^EyeSlots\.Reporting\.{folder}(\.|$)";
}
