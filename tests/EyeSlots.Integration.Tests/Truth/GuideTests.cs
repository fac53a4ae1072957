using System.Text.RegularExpressions;
using EyeSlots.Aws.Clusters;
using EyeSlots.Core;
using EyeSlots.Integration.Tests.Aws;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>
/// The guide's shell lines, as written and in their order, in a folder that holds what the guide takes as given, at a server that plays AWS;
/// and what guide and runbook say of codes, files and lines.
/// </summary>
public sealed partial class GuideTests(MotoServer aws) : IClassFixture<MotoServer>
{
    /// <summary>moto keeps the network interfaces of machines that were terminated and the route tables of stacks, and no network goes that has any.</summary>
    private const string ForgetNetwork = """
        for interface in $(aws ec2 describe-network-interfaces --query 'NetworkInterfaces[].NetworkInterfaceId' --output text); do
            aws ec2 delete-network-interface --network-interface-id "$interface"
        done
        for table in $(aws ec2 describe-route-tables --query 'RouteTables[?length(Associations[?Main])==`0`].RouteTableId' --output text); do
            aws ec2 delete-route-table --route-table-id "$table"
        done
        """;

    private static readonly Document Guide = new("deploy/README.md"), Runbook = new("deploy/runbook.md");

    [Fact]
    public async Task Lines_AsWrittenInTheirOrder_GoFromAnEmptyAccountToShardsAndLeaveNothing()
    {
        using var folder = await GuideFolder.ForTheGuideAsync();
        AnsweredJobs? machines = null;
        try
        {
            foreach (var lines in Guide.Snippets("sh"))
            {
                var said = await ShellAsync(folder, BaseDeletion().Replace(lines, ForgetNetwork.Replace("$", "$$", StringComparison.Ordinal) + "\n$0"));
                if (machines is null && Prepared().Match(said) is { Success: true } prepared) machines = new(aws, prepared.Groups["bucket"].Value);
                if (lines.Contains("--name first", StringComparison.Ordinal)) Assert.Contains("first: the job succeeded", said, StringComparison.Ordinal);
            }

            Assert.Equal(["preprocess", "preprocess"], machines!.Commands);
        }
        finally
        {
            if (machines is not null) await machines.DisposeAsync();
        }

        using var account = new ClusterAccount(aws.Open());
        Assert.Empty(await account.Life.ListAsync("eyeslots", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Guide_BeginsWithWhatWasNotTested()
    {
        var first = Guide.Text.Split("\n\n")[1];
        Assert.StartsWith("**No real AWS account was available for the tests of this release.**", first, StringComparison.Ordinal);
        Assert.Contains("**believed**", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Runbook_HasEveryCodeOfCommandsInAws()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(codes[codes.IndexOf(ErrorCodes.AwsCredentials)..(codes.IndexOf(ErrorCodes.RegionMismatch) + 1)], Runbook.FirstColumn("code"));
    }

    [Fact]
    public void Runbook_HasEveryWordThatANightEndsWith()
    {
        var machine = File.ReadAllText(Document.InRepository("cloudformation", "nightly.yaml"));
        var words = Word().Matches(machine).Select(found => found.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(words, Runbook.FirstColumn("word").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Runbook_NamesLinesThatMachinesSay()
    {
        var nodes = Directory.GetFiles(Document.InRepository("src", "EyeSlots.Aws", "Nodes"), "*.cs").Append(Document.InRepository("deploy", "boot.sh")).Select(File.ReadAllText).ToList();
        Assert.All(Runbook.FirstColumn("a line with"), line => Assert.Contains(nodes, text => text.Contains(line, StringComparison.Ordinal)));
    }

    [Fact]
    public void Links_OfTheDocuments_LeadToFilesAndHeadings()
    {
        foreach (var (document, folder) in ((Document, string)[])[(Document.Readme, ""), (Document.Contributing, ""), (Guide, "deploy"), (Runbook, "deploy")])
        {
            Assert.All(Link().Matches(document.Text), link =>
            {
                var file = link.Groups["file"].Value is { Length: > 0 } named ? Path.GetFullPath(Document.InRepository(folder, named)) : null;
                Assert.True(file is null || File.Exists(file) || Directory.Exists(file), $"{link.Value}: there is no {file}");
                if (link.Groups["heading"].Value is { Length: > 0 } heading) Assert.Contains(heading, Anchors(file is null ? document.Text : File.ReadAllText(file)));
            });
        }
    }

    private Task<string> ShellAsync(GuideFolder folder, string lines) => folder.ShellAsync(
        lines, new Dictionary<string, string>(aws.EnvironmentVariables) { ["EYESLOTS_SPARK_WORKER"] = folder.Beside("worker.tar"), ["AWS_PAGER"] = "", ["AWS_DEFAULT_REGION"] = MotoServer.Region });

    /// <summary>As GitHub makes them of headings.</summary>
    private static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(text).Select(heading => NoAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#\s]*)(?:#(?<heading>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"is ready: artifacts in s3://(?<bucket>[^,\s]+)")]
    private static partial Regex Prepared();

    [GeneratedRegex(@"^(\./eyeslots cluster prepare --remove|aws cloudformation delete-stack .*)$", RegexOptions.Multiline)]
    private static partial Regex BaseDeletion();

    [GeneratedRegex(@"""Error"": ""(\w+)""")]
    private static partial Regex Word();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
