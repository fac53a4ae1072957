using System.Collections.Concurrent;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>Secrets that whoever types the commands has in the environment, and all that was read afterwards in search of them.</summary>
internal sealed class PlantedSecrets
{
    private const string AccessKey = "AKIAPLANTED000000001", SecretKey = "planted/secret+key", SessionToken = "planted+session/token==", ConnectToken = "planted-connect-token";

    /// <summary>What the workers of a cluster share; the client has no business with it.</summary>
    public const string RpcSecret = "planted-rpc-secret";

    private static readonly string[] All = [AccessKey, SecretKey, SessionToken, ConnectToken, RpcSecret];
    private readonly ConcurrentDictionary<string, string> read = new();

    /// <summary>The variables of whoever types, at a server.</summary>
    public static Dictionary<string, string> Variables(IReadOnlyDictionary<string, string> server) => new(server)
    {
        ["AWS_ACCESS_KEY_ID"] = AccessKey, ["AWS_SECRET_ACCESS_KEY"] = SecretKey, ["AWS_SESSION_TOKEN"] = SessionToken,
        ["SPARK_CONNECT_AUTHENTICATE_TOKEN"] = ConnectToken, ["SPARK_REMOTE"] = $"sc://127.0.0.1:15002/;use_ssl=false;token={ConnectToken}",
    };

    /// <summary>Keeps a text that no secret may stand in.</summary>
    public void Read(string where, string text) => read[where] = text;

    /// <summary>Runs the program, and keeps what it prints and logs.</summary>
    public async Task<ProgramResult> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] line)
    {
        using var scratch = new Scratch();
        string[] options = ["--log-level", "debug", "--log-file", scratch["log"]];
        var result = await EyeSlotsProgram.RunAsync(variables, [.. line.TakeWhile(word => word != "--"), .. options, .. line.SkipWhile(word => word != "--")]);
        Read($"{read.Count}: {string.Join(' ', line)}", result.Output + result.Errors + await File.ReadAllTextAsync(scratch["log"], TestContext.Current.CancellationToken));
        return result;
    }

    /// <summary>Likewise, and demands success.</summary>
    public async Task DemandAsync(IReadOnlyDictionary<string, string> variables, params string[] line)
    {
        var result = await RunAsync(variables, line);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', line)}: {result.Output}{result.Errors}");
    }

    /// <summary>Demands that a text was read, so that it was looked for secrets in the right place.</summary>
    public void AssertReadSomewhere(string text) => Assert.Contains(read.Values, one => one.Contains(text, StringComparison.Ordinal));

    /// <summary>Demands that no secret stands anywhere, neither as it is nor as an address would carry it.</summary>
    public void AssertNowhere()
    {
        foreach (var (where, text) in read)
        {
            foreach (var secret in All.Concat(All.Select(Uri.EscapeDataString)))
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"A secret ({secret}) stands in {where}.");
        }
    }
}
