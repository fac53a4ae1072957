using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// The actions that the program's source asks AWS for, by their names in policies. A client of a service has a method for each action, so
/// who names the method in his folder calls the action; S3 is called through one library, whose methods stand in a table.
/// </summary>
internal static partial class CalledActions
{
    private const string Source = "src/EyeSlots.Aws";

    private static readonly Dictionary<string, string> S3Actions = new(StringComparer.Ordinal)
    {
        ["GetObject"] = "s3:GetObject", ["GetObjectMetadata"] = "s3:GetObject", ["PutObject"] = "s3:PutObject", ["DeleteObject"] = "s3:DeleteObject",
        ["ListObjectsV2"] = "s3:ListBucket", ["ListPage"] = "s3:ListBucket", ["GetBucketLocation"] = "s3:GetBucketLocation", ["InitiateMultipartUpload"] = "s3:PutObject", ["UploadPart"] = "s3:PutObject",
        ["CompleteMultipartUpload"] = "s3:PutObject", ["AbortMultipartUpload"] = "s3:AbortMultipartUpload",
    };

    /// <summary>What the commands call.</summary>
    public static IEnumerable<string> OfOperators() => Of("Clusters", "Nightly", "CloudFormation", "Costs", "Artifacts").Concat(OfS3()).Distinct();

    /// <summary>What machines call; none of them asks where a bucket is.</summary>
    public static IEnumerable<string> OfNodes()
    {
        Assert.DoesNotContain("RegionOfAsync", Text(Source + "/Nodes"), StringComparison.Ordinal);
        var boot = ByScript().Matches(File.ReadAllText(Document.InRepository("deploy", "boot.sh"))).Select(found => $"cloudformation:{found.Groups[1].Value}");
        return Of("Nodes").Concat(boot).Concat(OfS3().Where(action => action != "s3:GetBucketLocation")).Distinct();
    }

    /// <summary>What a state machine calls.</summary>
    public static IEnumerable<string> OfMachine(string definition) => ByMachine().Matches(definition).SelectMany(found => (found.Groups[1].Value, found.Groups[2].Value) switch
    {
        ("s3", "copyObject") => ["s3:GetObject", "s3:PutObject"],
        ("s3", "listObjectsV2") => ["s3:ListBucket"],
        var (service, action) => (string[])[$"{service}:{char.ToUpperInvariant(action[0])}{action[1..]}"],
    }).Distinct();

    private static IEnumerable<string> Of(params string[] folders)
    {
        var methods = Methods();
        return folders.SelectMany(folder => Call().Matches(Text($"{Source}/{folder}"))).Select(found => methods.GetValueOrDefault(found.Groups[1].Value)).OfType<string>();
    }

    private static IEnumerable<string> OfS3() => S3Call().Matches(Text("src/EyeSlots.Storage.S3")).Select(found => found.Groups[1].Value).Where(call => call is not "Connect")
        .Select(call => S3Actions.TryGetValue(call, out var action) ? action : throw new InvalidOperationException($"{call} stands in no table; name its action in {nameof(S3Actions)}."));

    private static Dictionary<string, string> Methods()
    {
        Dictionary<string, string> methods = new(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Document.InRepository(Source), "*Client.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (Service().Match(text) is not { Success: true } service) continue;
            var name = ServiceName().Matches(File.ReadAllText(Document.InRepository(Source, "Requests", "AwsService.cs"))).Single(found => found.Groups[1].Value == service.Groups[1].Value).Groups[2].Value;
            foreach (Match method in Method().Matches(text)) methods[method.Groups[1].Value] = $"{name}:{method.Groups[2].Value}";
        }

        return methods;
    }

    private static string Text(string folder) =>
        string.Join('\n', Directory.EnumerateFiles(Document.InRepository(folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.EndsWith("CloudFormationClient.cs", StringComparison.Ordinal)).Select(File.ReadAllText));

    [GeneratedRegex(@"public [^\n]*? (\w+)Async\([\s\S]*?CallAsync\(\s*""(\w+)""")]
    private static partial Regex Method();

    [GeneratedRegex(@"AwsService\.(\w+)\)")]
    private static partial Regex Service();

    [GeneratedRegex(@"AwsService (\w+) = new\(""[^""]*"", ""[^""]*"", ""([^""]*)""")]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"\.(\w+)Async\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bclient\.(\w+)Async\(")]
    private static partial Regex S3Call();

    [GeneratedRegex(@"Action=(\w+)")]
    private static partial Regex ByScript();

    [GeneratedRegex(@":states:::(?:aws-sdk:)?(\w+):(\w+)""")]
    private static partial Regex ByMachine();
}
