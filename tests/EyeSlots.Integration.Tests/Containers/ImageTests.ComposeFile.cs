using System.Text.RegularExpressions;
using EyeSlots.Integration.Tests.Truth;

namespace EyeSlots.Integration.Tests.Containers;

// The file that names the images, as a text: by the Compose specification's schema, and by docker-compose.
public sealed partial class ImageTests
{
    private static readonly Dictionary<string, string> Settings = new() { ["S3_ACCESS_KEY"] = "a", ["S3_SECRET_KEY"] = "b", ["SPARK_TOKEN"] = "c" };
    private static readonly string Compose = Document.InRepository("docker-compose.yml");

    [Fact]
    public async Task ComposeFile_ByTheSchema_IsValid() => Assert.Equal("valid", await CheckAsync(Compose));

    [Theory]
    [InlineData("mem_limit: 1g", "mem_limits: 1g", "mem_limits")]
    [InlineData("init: true", "init: perhaps", "must be boolean")]
    public async Task ComposeFileWithAFault_ByTheSchema_IsNot(string right, string wrong, string said)
    {
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["faulty.yml"], (await File.ReadAllTextAsync(Compose)).Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(said, await CheckAsync(scratch["faulty.yml"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComposeFile_ByDockerCompose_IsValidAndPublishesPortsOfTheLoopbackAlone()
    {
        var services = await ToolProcess.DemandAsync("docker-compose", ["--file", Compose, "--profile", "run", "config"], Settings);
        var ports = services.Split('\n').Where(line => line.EndsWith("/tcp", StringComparison.Ordinal)).Select(line => line.TrimStart(' ', '-')).Order(StringComparer.Ordinal);
        Assert.Equal(["127.0.0.1:15002:15002/tcp", "127.0.0.1:7070:7070/tcp", "127.0.0.1:8080:8080/tcp"], ports);
    }

    [Fact]
    public async Task SettingsOfTheExample_AreThoseOfTheComposeFile()
    {
        var example = await File.ReadAllLinesAsync(Document.InRepository("deploy", ".env.example"));
        var named = example.Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.TrimStart('#').Split('=')[0]);
        var used = Variable().Matches(await File.ReadAllTextAsync(Compose)).Select(match => match.Groups[1].Value);
        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static async Task<string> CheckAsync(string file)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Containers", "compose-schema.cjs");
        var checkedFile = await ToolProcess.RunAsync("node", [script, Document.InRepository("artifacts", "npm"), file]);
        Assert.True(checkedFile.ExitCode == 0, checkedFile.Errors);
        return checkedFile.Output.Trim();
    }

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();
}
