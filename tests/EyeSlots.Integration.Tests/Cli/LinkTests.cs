namespace EyeSlots.Integration.Tests.Cli;

/// <summary>Links that lead out of the image root are named wherever a user looks.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly Scratch scratch = new();

    public LinkTests()
    {
        File.Copy(SharedFolder.File("trials", "reject-stays", "links.csv"), scratch["list.csv"]);
        Directory.CreateDirectory(scratch["snap"]);
        foreach (var name in (string[])["0.jpg", "1.jpg"])
        {
            File.CreateSymbolicLink(Path.Combine(scratch["snap"], name), SharedFolder.File("trials", "reject-stays", "blobs", name));
        }
    }

    [Fact]
    public async Task Doctor_ALinkOutOfTheImages_NamesItAndTheOption()
    {
        var refused = await EyeSlotsProgram.RunAsync("doctor", "--images", scratch["snap"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(".jpg is a link that leads out of", refused.Output, StringComparison.Ordinal);
        Assert.Contains("--follow-links", refused.Output, StringComparison.Ordinal);
        var followed = await EyeSlotsProgram.RunAsync("doctor", "--images", scratch["snap"], "--follow-links");
        Assert.DoesNotContain("link", followed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_ALinkOutOfTheImages_CountsAndNamesIt()
    {
        var run = await RunAsync("--dry-run");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("annotation-invalid", run.Output, StringComparison.Ordinal);
        Assert.Contains("--follow-links", run.Output, StringComparison.Ordinal);
        Assert.Contains("--follow-links", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ALinkOutOfTheImages_FailsByNameAndSucceedsWithTheOption()
    {
        var refused = await RunAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(".jpg is a link that leads out of --images: --follow-links", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("--follow-links")).ExitCode);
    }

    public void Dispose() => scratch.Dispose();

    private Task<ProgramResult> RunAsync(params string[] more) =>
        EyeSlotsProgram.RunAsync(["preprocess", "--annotations", scratch["list.csv"], "--images", scratch["snap"], "--out", scratch["out"], .. more]);
}
