using System.Text;
using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Requests;
using EyeSlots.Aws.Services;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// A moto that executes a state machine of ours, whose own calls go through a proxy. The machine is that of the template: moto's
/// CloudFormation makes it, and what it has made is executed. A process executes once.
/// </summary>
internal sealed class StepServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly MotoServer moto = new();

    private StepServer(StepProxy proxy) => Proxy = proxy;

    public StepProxy Proxy { get; }

    public AwsAccess Access { get; private set; } = null!;

    public CloudFormationClient Stacks { get; private set; } = null!;

    /// <summary>The base stack.</summary>
    public Stack Ground { get; private set; } = null!;

    /// <summary>Starts it, with the base stack.</summary>
    /// <param name="rule">What the machine's calls are answered.</param>
    public static async Task<StepServer> StartAsync(Func<StepCall, StepAnswer> rule)
    {
        var server = new StepServer(await StepProxy.StartAsync(rule));
        server.moto.Variables["MOTO_PORT"] = $"{server.Proxy.Port}";
        server.moto.Variables["AWS_MAX_ATTEMPTS"] = "1"; // moto's own client would try again behind the machine's back.
        await server.moto.InitializeAsync();
        server.Proxy.Server = server.moto.Endpoint;
        server.Access = server.moto.Open();
        server.Stacks = new(server.Access);
        server.Ground = await server.MakeAsync("eyeslots-base", Templates.Read("base.yaml"), ("ReaperPollSeconds", "1"));
        return server;
    }

    /// <summary>Makes a stack.</summary>
    public async Task<Stack> MakeAsync(string name, byte[] template, params (string Key, string Value)[] parameters)
    {
        var made = await Stacks.CreateStackAsync(new() { StackName = name, TemplateBody = Encoding.UTF8.GetString(template), Parameters = [.. parameters.Select(parameter => new Parameter(parameter.Key, parameter.Value))], Capabilities = ["CAPABILITY_IAM"] });
        return (await Stacks.DescribeStacksAsync(new(made.StackId))).Stacks.Single();
    }

    /// <summary>Executes the machine that a stack has made, until it ends.</summary>
    /// <param name="machineArn">The machine.</param>
    /// <param name="name">The execution's name.</param>
    /// <param name="input">JSON.</param>
    public async Task<DescribeExecutionResponse> ExecuteAsync(string machineArn, string name, string input)
    {
        var arn = await MotoMachine.MakeExecutableAsync(moto.Endpoint, machineArn);
        var machines = new StepFunctionsClient(Access);
        var execution = (await machines.StartExecutionAsync(new(arn, name, input))).ExecutionArn;
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await machines.DescribeExecutionAsync(execution);
            if (seen.Status != "RUNNING") return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "The state machine did not end.");
            await Task.Delay(200);
        }
    }

    /// <summary>The status of a stack; a deleted one has it under its id only.</summary>
    public async Task<string> StatusAsync(string nameOrId)
    {
        try
        {
            return (await Stacks.DescribeStacksAsync(new(nameOrId))).Stacks.Single().StackStatus;
        }
        catch (AwsException error) when (error.Said.Contains("does not exist", StringComparison.Ordinal))
        {
            return "none";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Access?.Dispose();
        await moto.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
