using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>State machines and their executions.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class StepFunctionsClient(AwsAccess access)
{
    private readonly JsonClient json = new(access, AwsService.StepFunctions);

    /// <summary>Starts a machine. An execution of the same name and input that runs already is not started twice.</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached; so for all others.</exception>
    public Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellation = default) => json.CallAsync(
        "StartExecution", request, StepFunctionsJson.Default.StartExecutionRequest, StepFunctionsJson.Default.StartExecutionResponse, cancellation);

    /// <summary>An execution as it stands.</summary>
    public Task<DescribeExecutionResponse> DescribeExecutionAsync(string executionArn, CancellationToken cancellation = default) => json.CallAsync(
        "DescribeExecution", new(executionArn), StepFunctionsJson.Default.DescribeExecutionRequest, StepFunctionsJson.Default.DescribeExecutionResponse, cancellation);

    /// <summary>The last executions of a machine, the newest first.</summary>
    /// <param name="stateMachineArn">The machine.</param>
    /// <param name="count">How many at most, 1 to 1000.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async Task<IReadOnlyList<ExecutionListItem>> ListExecutionsAsync(string stateMachineArn, int count, CancellationToken cancellation = default) => (await json.CallAsync(
        "ListExecutions", new(stateMachineArn, count), StepFunctionsJson.Default.ListExecutionsRequest, StepFunctionsJson.Default.ListExecutionsResponse, cancellation).ConfigureAwait(false)).Executions;
}
