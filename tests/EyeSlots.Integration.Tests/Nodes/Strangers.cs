using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>Who comes to a cluster of two workers with another secret, without one, or with another token.</summary>
internal static class Strangers
{
    private const string Home = "/var/lib/eyeslots", Wrong = "anotherClustersSecret0123456789a", WrongToken = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Boots a worker with another secret, and one that is not given any.</summary>
    public static async Task<IReadOnlyList<Container>> BootAsync(Machines machines)
    {
        machines.Services.GiveSecret(Machines.IdOf(3), Wrong);
        machines.Services.GiveSecret(Machines.IdOf(4), null);
        return await Task.WhenAll(machines.BootAsync(3, "worker"), machines.BootAsync(4, "worker"));
    }

    /// <summary>Each says why in one line, in the mailbox and as its last; the master has its two workers and nobody else.</summary>
    public static async Task AssertRefusedAsync(Machines machines, IReadOnlyList<Container> booted)
    {
        string[] reasons =
        [
            $"the master at spark://{machines.AddressOf(0)}:7077 refuses the secret of this machine; is it of another cluster of the name?",
            "Cannot GetSecretValue (Secrets Manager): ",
        ];
        foreach (var (at, container) in booted.Index())
        {
            Assert.Equal(1, await container.EndAsync(Patience));
            Assert.StartsWith(reasons[at], Assert.Single(machines.Failures(3 + at)), StringComparison.Ordinal);
            var said = await container.LogsAsync();
            Assert.StartsWith("error ", said.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
            Assert.DoesNotContain(Wrong, said + machines.Logs(3 + at), StringComparison.Ordinal);
        }

        await AssertTwoWorkersAsync(machines);
    }

    /// <summary>A worker of Spark that knows of no secret, started beside one that does.</summary>
    public static async Task AssertRefusedWithoutAuthenticationAsync(Machines machines, Container worker)
    {
        var spark = $"SPARK_HOME=$(echo {Home}/spark/*) JAVA_HOME=$(echo {Home}/jre/*) SPARK_CONF_DIR=/tmp SPARK_LOCAL_IP={machines.AddressOf(1)} {Home}/spark/*/bin/spark-class";
        var line = $"org.apache.spark.deploy.worker.Worker --host {machines.AddressOf(1)} --webui-port 8091 --work-dir /tmp/stranger spark://{machines.AddressOf(0)}:7077";
        var said = await worker.ExecAsync(
            "sh", "-c", $"cd /tmp; {spark} {line} >said 2>&1 & for second in $(seq 240); do grep -m 1 -E 'Expected SaslMessage|Successfully registered' said && break; sleep 1; done; kill $!");
        Assert.Contains("Expected SaslMessage", said.Output, StringComparison.Ordinal);
        await AssertTwoWorkersAsync(machines);
    }

    /// <summary>Who has another token, or none, gets one line, and nothing is begun for it.</summary>
    public static async Task AssertTokenRefusedAsync(Machines machines, Container master, SynthSummary faces)
    {
        foreach (var (remote, text) in ((string, string)[])[($"sc://127.0.0.1:15002/;token={WrongToken}", "refuses the token"), ("sc://127.0.0.1:15002", "token")])
        {
            var said = await master.ExecAsync(
                "env", $"SPARK_REMOTE={remote}", $"AWS_REGION={NodeServices.Region}", $"{Home}/program/eyeslots", "preprocess", "--annotations", $"s3://faces/{Path.GetFileName(faces.Lists[0])}",
                "--images", "s3://faces", "--out", "s3://slots/stranger", "--engine", "spark");
            Assert.True(said.ExitCode == 1, said.Output + said.Errors);
            var line = Assert.Single(said.Errors.TrimEnd('\n').Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
            Assert.StartsWith("error spark-unreachable: The server at sc://127.0.0.1:15002 ", line, StringComparison.Ordinal);
            Assert.Contains(text, line, StringComparison.Ordinal);
            Assert.DoesNotContain(WrongToken, said.Output + said.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(0, machines.Shards("stranger"));
    }

    private static async Task AssertTwoWorkersAsync(Machines machines)
    {
        using var page = System.Text.Json.JsonDocument.Parse(await machines.MasterPageAsync());
        string?[] hosts = [.. page.RootElement.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("host").GetString()).Order(StringComparer.Ordinal)];
        Assert.Equal([machines.AddressOf(1), machines.AddressOf(2)], hosts);
    }
}
