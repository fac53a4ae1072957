using EyeSlots.Spark.Worker.Daemon;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>How Spark starts a worker, and what the log says where it started it in a way that cannot work.</summary>
public sealed class LaunchTests
{
    private static readonly string[] Daemon = ["-m", "pyspark.daemon", "pyspark.worker"];

    [Fact]
    public void Settings_OfADaemon_AreReadFromTheEnvironment()
    {
        var settings = Read(Daemon, ("PYTHON_WORKER_FACTORY_SECRET", "s"), ("SPARK_PREFER_IPV6", "True"));
        Assert.Equal("s"u8.ToArray(), settings.Secret);
        Assert.Equal((true, TimeSpan.FromSeconds(30)), (settings.PrefersIPv6, settings.Idle));
        Assert.Null(settings.SocketFolder);
        Assert.False(Read(["-m", "pyspark.daemon"], ("PYTHON_WORKER_FACTORY_SECRET", "s")).PrefersIPv6);
    }

    [Fact]
    public void Settings_OfAUnixDomainSocket_HaveNoSecret()
    {
        var settings = Read(Daemon, ("PYTHON_UNIX_DOMAIN_ENABLED", "True"), ("PYTHON_WORKER_FACTORY_SOCK_DIR", "/run"));
        Assert.Equal((null, "/run"), (settings.Secret, settings.SocketFolder));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("86400", 86_400)]
    [InlineData("", 30)]
    public void IdleTime_FromTheEnvironment_IsInSeconds(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(Daemon, ("PYTHON_WORKER_FACTORY_SECRET", "s"), (LaunchSettings.IdleVariable, value)).Idle);

    [Theory]
    [InlineData("0")]
    [InlineData("86401")]
    [InlineData("-5")]
    [InlineData("a minute")]
    public void IdleTime_OutOfRange_IsRefused(string value) =>
        Assert.Equal(
            $"EYESLOTS_SPARK_WORKER_IDLE_SECONDS is '{value}'; it takes whole seconds, 1 to 86400.",
            Refusal(Daemon, ("PYTHON_WORKER_FACTORY_SECRET", "s"), (LaunchSettings.IdleVariable, value)));

    [Fact]
    public void Launch_ThatCannotServe_SaysWhy()
    {
        Assert.Contains("it does nothing by hand", Refusal([]));
        Assert.Contains("it does nothing by hand", Refusal(["-VV"]));
        Assert.Contains("spark.python.use.daemon is false", Refusal(["-m", "pyspark.worker"], ("PYTHON_WORKER_FACTORY_PORT", "5"), ("PYTHON_WORKER_FACTORY_SECRET", "s")));
        Assert.Contains("spark.python.use.daemon is false", Refusal(["-m", "pyspark.worker"], ("PYTHON_WORKER_FACTORY_SOCK_PATH", "/s"), ("PYTHON_UNIX_DOMAIN_ENABLED", "True")));
        Assert.Contains("PYTHON_WORKER_FACTORY_SECRET is not set", Refusal(Daemon));
    }

    [Fact]
    public async Task Process_ThatCannotServe_EndsWithTwoAndWritesNothingToStandardOutput()
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var code = await WorkerProcess.RunAsync([], _ => null, new(Stream.Null, output, error), _ => Sample.Echo, TimeProvider.System, CancellationToken.None);
        Assert.Equal((2, 0), (code, output.Length));
        Assert.Contains("Spark starts this program", System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }

    private static LaunchSettings Read(string[] args, params (string Name, string Value)[] environment) =>
        LaunchSettings.Read(args, name => environment.FirstOrDefault(variable => variable.Name == name).Value);

    private static string Refusal(string[] args, params (string Name, string Value)[] environment) =>
        Assert.Throws<LaunchException>(() => Read(args, environment)).Message;
}
