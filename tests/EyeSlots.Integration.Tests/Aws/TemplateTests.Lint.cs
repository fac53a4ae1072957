using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>The templates as others judge them.</summary>
public sealed partial class TemplateTests
{
    private static string[] Files => [.. ParsedTemplate.All().Values.Select(template => ParsedTemplate.PathOf(template.Name))];

    [Fact]
    public async Task CfnLint_FindsNothing()
    {
        var result = await ToolProcess.RunAsync("cfn-lint", Files);
        Assert.Equal((0, ""), (result.ExitCode, result.Output + result.Errors));
    }

    [Fact]
    public async Task CfnLint_FindsNothingInTheStateMachinesWrittenOut()
    {
        // A definition within Fn::Sub is a text to cfn-lint; as an object it knows the language.
        using var scratch = new Scratch();
        foreach (var (file, name) in (ReadOnlySpan<(string, string)>)[("base", "Reaper"), ("nightly", "Night")])
        {
            var template = ParsedTemplate.All()[file];
            var machine = JsonNode.Parse(Regex.Replace(Machine(template, name).ToJsonString().Replace("${AWS::Partition}", "aws", StringComparison.Ordinal), @"\$\{[\w.:]+\}", "value"));
            template.Properties(name).Remove("DefinitionString");
            template.Properties(name)["Definition"] = machine;
            File.WriteAllText(scratch[$"{file}.json"], template.Root.ToJsonString());
        }

        // The parameters that stood in the definitions are not used in this form of the templates.
        var result = await ToolProcess.RunAsync("cfn-lint", ["--ignore-checks", "W2001", "--", scratch["base.json"], scratch["nightly.json"]]);
        Assert.Equal((0, ""), (result.ExitCode, result.Output + result.Errors));
    }

    [Fact]
    public async Task CdkNag_FindsWhatIsAcceptedWithAReason_AndNoMore()
    {
        var accepted = Row().Matches(File.ReadAllText(ParsedTemplate.PathOf("accepted.md")));
        Assert.All(accepted, row => Assert.True(row.Groups["reason"].Value.Length > 15, row.Value));
        var environment = new Dictionary<string, string> { ["NODE_PATH"] = Document.InRepository("artifacts", "npm", "node_modules") };
        var printed = await ToolProcess.DemandAsync("node", [Path.Combine(AppContext.BaseDirectory, "Aws", "nag.js"), .. Files], environment);
        var found = printed.Split('\n').Where(line => line.StartsWith("AwsSolutions-", StringComparison.Ordinal));
        Assert.Equal(accepted.Select(row => $"{row.Groups["rule"].Value} {row.Groups["resource"].Value}").Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<rule>AwsSolutions-\w+) \| (?<resource>[\w/]+) \| (?<reason>.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
