using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>
/// A state machine that moto really executes. Moto keeps machines that are executed apart from those that stacks make, so the same definition
/// is made once more under the same name; a process of moto executes once.
/// </summary>
internal static class MotoMachine
{
    /// <summary>Makes a machine that a stack has made one that is executed.</summary>
    /// <param name="moto">The server.</param>
    /// <param name="arn">The machine of the stack.</param>
    /// <param name="change">What is changed in its definition, such as how long it waits, or null.</param>
    /// <returns>The ARN of the machine that is executed; it is the same one.</returns>
    public static async Task<string> MakeExecutableAsync(Uri moto, string arn, Func<string, string>? change = null)
    {
        using var http = new HttpClient { BaseAddress = moto };
        var machine = await CallAsync(http, "DescribeStateMachine", new() { ["stateMachineArn"] = arn });

        // Moto's Fn::Sub takes `$$`, which begins a path into the execution's context, for an escaped `$`.
        var definition = machine["definition"]!.GetValue<string>().Replace("$.Execution.", "$$.Execution.", StringComparison.Ordinal).Replace("$$$", "$$", StringComparison.Ordinal);
        using var content = new StringContent("""{"stepfunctions": {"execute_state_machine": true}}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("moto-api/config", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        var copy = new JsonObject { ["name"] = machine["name"]!.GetValue<string>(), ["definition"] = change?.Invoke(definition) ?? definition, ["roleArn"] = machine["roleArn"]!.GetValue<string>() };
        return (await CallAsync(http, "CreateStateMachine", copy))["stateMachineArn"]!.GetValue<string>();
    }

    /// <summary>All that an execution did and was told, as the service tells it.</summary>
    public static async Task<string> HistoryAsync(Uri moto, string executionArn)
    {
        using var http = new HttpClient { BaseAddress = moto };
        return (await CallAsync(http, "GetExecutionHistory", new() { ["executionArn"] = executionArn, ["includeExecutionData"] = true })).ToJsonString();
    }

    private static async Task<JsonNode> CallAsync(HttpClient http, string action, JsonObject request)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, http.BaseAddress) { Content = new StringContent(request.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        call.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        call.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20260101/{MotoServer.Region}/states/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(call);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
