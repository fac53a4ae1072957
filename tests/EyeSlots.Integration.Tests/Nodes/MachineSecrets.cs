using System.Net.Sockets;
using EyeSlots.Integration.Tests.Containers;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>Where the secrets of machines must not be.</summary>
internal static class MachineSecrets
{
    private const string Configuration = "/var/lib/eyeslots/conf/spark-defaults.conf";

    /// <summary>Spark asks for its secret, which only root and Spark's user read; Connect takes nobody from outside.</summary>
    public static async Task AssertClosedAsync(Container master, string address)
    {
        Assert.Equal("640 root spark", (await master.ExecAsync("stat", "-c", "%a %U %G", Configuration)).Output.Trim());
        var settings = (await master.ExecAsync("cat", Configuration)).Output;
        Assert.Contains($"spark.authenticate.secret {NodeServices.RpcSecret}", settings, StringComparison.Ordinal);
        Assert.Contains("spark.authenticate true", settings, StringComparison.Ordinal);
        using var outside = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => outside.ConnectAsync(address, 15002));
    }

    /// <summary>No argument of any process, which every user can list, and no output.</summary>
    public static async Task AssertNowhereInCommandLinesAsync(IReadOnlyList<Container> containers)
    {
        foreach (var container in containers)
        {
            var lines = (await container.ExecAsync("sh", "-c", "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done")).Output;
            Assert.Contains("java", lines, StringComparison.Ordinal);
            var token = (await container.ExecAsync("sh", "-c", "for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ; done | sed -n 's/^SPARK_CONNECT_AUTHENTICATE_TOKEN=//p' | head -n 1")).Output.Trim();
            foreach (var secret in NodeServices.Secrets.Append(token).Where(secret => secret.Length > 0)) Assert.DoesNotContain(secret, lines + await container.LogsAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>No file of a folder.</summary>
    public static void AssertNowhereIn(string root, string below)
    {
        var files = Directory.GetFiles(Path.Combine(root, below), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            foreach (var secret in NodeServices.Secrets) Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{file} holds a secret.");
            Assert.DoesNotMatch("token=[0-9a-f]{32}", text);
        }
    }
}
