using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The whole way on a server that the program starts and stops itself.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_OnSpark_StartsAServerOfItsOwn_AndLeavesNothingOfIt()
    {
        using var scratch = new Scratch();
        var temporary = Directory.CreateDirectory(scratch["tmp"]).FullName;
        var environment = SparkJob.Environment("sc://not-this-one");
        (environment["SPARK_HOME"], environment["TMPDIR"]) = (Tools.Spark("4.3.0"), temporary);
        var run = await EyeSlotsProgram.RunAsync(environment, "demo", "--engine", "spark", "--faces", "200", "--to", scratch["demo"], "--json");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Equal("spark", run.Json.GetProperty("run").GetProperty("engine").GetString());
        Assert.True(run.Json.GetProperty("verified").GetProperty("clean").GetBoolean());
        Assert.DoesNotContain(temporary, Processes.AllCommandLines(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateDirectories(temporary), folder => folder.Contains("eyeslots-spark-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Demo_OnSparkWithoutSparkHome_SaysWhatIsMissing()
    {
        using var scratch = new Scratch();
        var environment = SparkJob.Environment("");
        environment["SPARK_HOME"] = "";
        var run = await EyeSlotsProgram.RunAsync(environment, "demo", "--engine", "spark", "--faces", "50", "--to", scratch["demo"], "--json");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("SPARK_HOME", run.Json.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
