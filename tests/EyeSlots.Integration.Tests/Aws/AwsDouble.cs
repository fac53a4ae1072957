using System.Collections.Concurrent;
using EyeSlots.Aws.Requests;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// Stands in for AWS where no server does (events of resources, rollback, throttling, expired tokens, refusals): an HTTP server whose
/// answers have the forms of the services' documentation. It checks signatures and their time, counts calls, and fails as a test says.
/// CloudFormation is <see cref="Stacks"/>; a test adds other actions, or names a server that answers the rest.
/// </summary>
internal sealed class AwsDouble : IAsyncDisposable
{
    public const string Region = "eu-central-1", Account = "123456789012", AccessKey = "AKIADOUBLE0000000001", Secret = "double/secret+key", Token = "double+token/==";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<DoubleCall, DoubleAnswer>>> next = new();
    private readonly ConcurrentDictionary<string, Func<DoubleCall, DoubleAnswer>> always = new();
    private readonly TimeProvider clock;
    private readonly Forwarder? rest;
    private SmallServer server = null!;

    private AwsDouble(TimeProvider clock, Uri? rest)
    {
        (this.clock, this.rest) = (clock, rest is null ? null : new(rest));
        Stacks = new(clock);
        Always("GetCallerIdentity", AwsAnswers.Identity);
    }

    public Uri Endpoint => server.Endpoint;

    /// <summary>The stacks of the account.</summary>
    public DoubleStacks Stacks { get; }

    /// <summary>All calls, in order, refused ones too.</summary>
    public ConcurrentQueue<DoubleCall> Calls { get; } = new();

    /// <summary>What a child process needs to reach it.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Endpoint.AbsoluteUri,
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["AWS_SESSION_TOKEN"] = Token,
        ["AWS_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Starts it.</summary>
    /// <param name="clock">AWS's time.</param>
    /// <param name="rest">A server that answers what no action here does, or null.</param>
    public static async Task<AwsDouble> StartAsync(TimeProvider? clock = null, Uri? rest = null)
    {
        var made = new AwsDouble(clock ?? TimeProvider.System, rest);
        made.server = await SmallServer.StartAsync(made.AnswerAsync);
        return made;
    }

    public int Count(string action) => Calls.Count(call => call.Action == action);

    /// <summary>Answers an action from now on.</summary>
    public void Always(string action, Func<DoubleCall, DoubleAnswer> answer) => always[action] = answer;

    /// <summary>Answers the next calls of an action, before what is always answered.</summary>
    public void Next(string action, int times, Func<DoubleCall, DoubleAnswer> answer)
    {
        var queue = next.GetOrAdd(action, _ => new());
        for (var i = 0; i < times; i++) queue.Enqueue(answer);
    }

    /// <summary>Answers as if nothing else had been said: so that a call is carried out and its answer lost.</summary>
    public DoubleAnswer AnswerAsUsual(DoubleCall call) =>
        always.TryGetValue(call.Action, out var known) ? known(call) : Stacks.Answer(call) ?? AwsAnswers.Refuse(call, 400, "InvalidAction", $"Could not find operation {call.Action}");

    /// <summary>Access with the keys that it takes.</summary>
    public AwsAccess Open(TimeProvider time) => new(new(), time, EnvironmentVariables.GetValueOrDefault);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        rest?.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await BodyAsync(context.Request);
        var call = DoubleCall.Read(context.Request, body);
        if (call is null || (rest is not null && !Knows(call)))
        {
            await (rest?.ForwardAsync(context) ?? context.AnswerAsync(404, "text/plain", "nothing here"));
            return;
        }

        Calls.Enqueue(call);
        var answer = Refusal(context.Request, call, body)
            ?? (next.TryGetValue(call.Action, out var queue) && queue.TryDequeue(out var once) ? once(call) : AnswerAsUsual(call));
        if (answer.IsReset) context.Abort();
        else
        {
            context.Response.Headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            await context.AnswerAsync(answer.Status, answer.Type, answer.Body);
        }
    }

    /// <summary>Stacks of runs are here, the base stack is where the rest is.</summary>
    private bool Knows(DoubleCall call) => Stacks.IsOfRun(call) || (!Stacks.Has(call.Action) && (next.ContainsKey(call.Action) || always.ContainsKey(call.Action)));

    /// <summary>Why the signature is not taken, or null.</summary>
    private DoubleAnswer? Refusal(HttpRequest request, DoubleCall call, byte[] body)
    {
        if (SigV4.KeyOf(request) != AccessKey) return AwsAnswers.Refuse(call, 403, call.IsJson ? "UnrecognizedClientException" : "InvalidClientTokenId", "The security token included in the request is invalid.");
        if ((call.SignedAt - clock.GetUtcNow()).Duration() > Tolerance) return AwsAnswers.Refuse(call, 403, call.IsJson ? "InvalidSignatureException" : "SignatureDoesNotMatch", "Signature expired.");
        return request.Headers["x-amz-security-token"] == Token && SigV4.IsSignedWith(request, Secret, body)
            ? null
            : AwsAnswers.Refuse(call, 403, call.IsJson ? "InvalidSignatureException" : "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        body.Position = 0;
        request.Body = body;
        return body.ToArray();
    }
}
