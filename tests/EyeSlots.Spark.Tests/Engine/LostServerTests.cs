using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>A driver that goes away, and a server that does not let one in.</summary>
public sealed class LostServerTests(Faces faces) : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Preprocess_WhoseServerIsKilledAndStartedAgain_EndsClearly_AndTheNextRunGoesOn()
    {
        var server = await SparkServer.StartAsync("4.1.4");
        using var run = SparkJob.Start(server.Remote, faces.Long, scratch["out"]);
        await SparkJob.UntilShardsAsync(scratch["out"], 4);
        await server.DisposeAsync();
        var ended = await EyeSlotsProgram.EndAsync(run);
        Assert.True(ended.ExitCode == 1, ended.Output + ended.Errors);
        Assert.StartsWith("spark-", ended.Json.GetProperty("error").GetProperty("code").GetString(), StringComparison.Ordinal);
        await using var again = await SparkServer.StartAsync("4.1.4");
        var next = await SparkJob.RunAsync(again.Remote, faces.Long, scratch["out"]);
        Assert.True(next.GetProperty("shardsKept").GetInt32() >= 4, next.ToString());
        await SparkJob.AssertSameAsync(faces.LocalLong, scratch["out"]);
    }

    [Fact]
    public async Task Preprocess_WhereNothingListens_SaysSoInOneLine()
    {
        var run = await EyeSlotsProgram.EndAsync(SparkJob.Start($"sc://127.0.0.1:{SparkServer.FreePort()}", faces.Drawn, scratch["out"]));
        Assert.Equal(1, run.ExitCode);
        var error = run.Json.GetProperty("error");
        Assert.Equal("spark-unreachable", error.GetProperty("code").GetString());
        Assert.Contains("Nothing listens", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["out"]));
    }

    public void Dispose() => scratch.Dispose();
}
