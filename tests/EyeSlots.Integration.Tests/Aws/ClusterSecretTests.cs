using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// Where the secrets of whoever types commands are seen: nowhere, neither in what the program prints and logs nor in what it leaves in the
/// account. Those of machines are looked for in NodeTests, those of the compose file in ComposeSecretTests.
/// </summary>
public sealed class ClusterSecretTests(PreparedAccount account) : IClassFixture<PreparedAccount>
{
    private readonly PlantedSecrets secrets = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_OfACluster_StandInNoOutputNoArgumentNoTemplateNoUserDataAndNoMailbox()
    {
        await using var proxy = await AccountProxy.StartAsync(account.Moto);
        var (variables, left) = (PlantedSecrets.Variables(proxy.EnvironmentVariables), new AccountContents(account));
        await left.PlantAsync("eyeslots/planted", PlantedSecrets.RpcSecret);
        await secrets.DemandAsync(PlantedSecrets.Variables(account.Variables(proxy.EnvironmentVariables)), account.PrepareLine);
        await secrets.DemandAsync(variables, "cluster", "cost", "--images-count", "1000", "--bytes", "1GB");
        foreach (var json in (string[][])[[], ["--json"]]) await secrets.DemandAsync(variables, ["cluster", "up", "--name", "kept", "--dry-run", .. json]);
        await secrets.DemandAsync(variables, "cluster", "up", "--name", "kept", "--json");
        foreach (var json in (string[][])[[], ["--json"]]) await secrets.DemandAsync(variables, ["cluster", "status", .. json]);
        await RunJobAsync(variables);
        await left.ReadAsync(secrets);
        await secrets.DemandAsync(variables, "cluster", "down", "kept", "--json");
        await secrets.DemandAsync(PlantedSecrets.Variables(account.Variables(proxy.EnvironmentVariables)), "cluster", "prepare", "--remove", "--dry-run", "--json");

        Assert.DoesNotContain("GetSecretValue", proxy.Calls);
        foreach (var text in (string[])["\"facesMade\":", "EYESLOTS_PROGRAM_SHA256=", "AWSTemplateFormatVersion", "\"phase\":", "eyeslots preprocess --", "cluster run --name planted"]) secrets.AssertReadSomewhere(text);
        secrets.AssertNowhere();
    }

    [Fact]
    public async Task Secrets_OfANight_StandInNoOutputAndNotInItsMachinesHistory()
    {
        await using var other = new PreparedAccount();
        await other.InitializeAsync();
        var variables = PlantedSecrets.Variables(other.Moto.EnvironmentVariables);
        string[] install = ["nightly", "install", "--json", "--", "verify", "--out", $"s3://{other.DataBucket}/slots"];
        await secrets.DemandAsync(variables, [.. install[..2], "--dry-run", .. install[3..]]);
        await secrets.DemandAsync(variables, install);
        var stack = (await other.Account.Life.FindAsync("eyeslots-nightly", Cancellation))!;
        var machine = await MotoMachine.MakeExecutableAsync(other.Moto.Endpoint, stack.OutputOf("StateMachineArn")!, Hurried);
        var night = secrets.RunAsync(variables, "nightly", "run", "--json");
        var name = await NightAsync(other);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _ = new PlayedMaster(other, name).PlayAsync(over.Token);
        Assert.Equal(0, (await night).ExitCode);
        await over.CancelAsync();
        secrets.Read("the history", await MotoMachine.HistoryAsync(other.Moto.Endpoint, $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}"));
        await new AccountContents(other).ReadAsync(secrets);
        foreach (var json in (string[][])[[], ["--json"]]) await secrets.DemandAsync(variables, ["nightly", "status", .. json]);
        await secrets.DemandAsync(variables, "nightly", "remove");

        foreach (var text in (string[])["ExecutionSucceeded", "clusters/nightly-", "StateMachineArn", "The nights are gone"]) secrets.AssertReadSomewhere(text);
        secrets.AssertNowhere();
    }

    [Fact]
    public async Task Secrets_ThatAwsDoesNotTake_StandInNoError()
    {
        await using var aws = await AwsDouble.StartAsync();
        var variables = PlantedSecrets.Variables(aws.EnvironmentVariables);
        foreach (var wrong in (Dictionary<string, string>[])[variables, new(variables) { ["AWS_ACCESS_KEY_ID"] = AwsDouble.AccessKey }, new(variables) { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1" }])
        {
            foreach (var json in (string[][])[[], ["--json"]]) Assert.Equal(1, (await secrets.RunAsync(wrong, ["cluster", "status", .. json])).ExitCode);
        }

        foreach (var text in (string[])["does not know the access key of AWS_ACCESS_KEY_ID", "the secret key of AWS_ACCESS_KEY_ID is wrong", "connection refused"]) secrets.AssertReadSomewhere(text);
        secrets.AssertNowhere();
    }

    /// <summary>A job that really runs, and what every user of the machine can read of all programs meanwhile.</summary>
    private async Task RunJobAsync(Dictionary<string, string> variables)
    {
        using var scratch = new Scratch();
        var images = await account.DrawAsync(scratch);
        using var machine = new PlayedMachine(account, "planted", variables);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = machine.RunAsync(over.Token);
        var job = secrets.DemandAsync(variables, "cluster", "run", "--name", "planted", "--workers", "0", "--json", "--",
            "preprocess", "--annotations", scratch["drawn/training.csv"], "--images", images.ToString(), "--out", $"s3://{account.DataBucket}/slots", "--max-rejected", "0.5");
        secrets.Read("the command lines", string.Join('\n', await CommandLines.SeenUntilAsync(job, Cancellation)));
        await job;
        await over.CancelAsync();
        await running;
    }

    private static async Task<string> NightAsync(PreparedAccount account)
    {
        while (true)
        {
            var stacks = await account.Account.Life.ListAsync("eyeslots-run-nightly-", Cancellation);
            if (stacks is [var night, ..]) return night.StackName["eyeslots-run-".Length..];
            await Task.Delay(200, Cancellation);
        }
    }

    private static string Hurried(string definition) => System.Text.RegularExpressions.Regex.Replace(definition, "\"Seconds\": [0-9]+", "\"Seconds\": 1");
}
