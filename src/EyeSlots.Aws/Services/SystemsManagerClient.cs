using System.Text.Json.Serialization;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>Public parameters, such as the newest image of an operating system.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class SystemsManagerClient(AwsAccess access)
{
    private readonly JsonClient json = new(access, AwsService.SystemsManager);

    /// <summary>A parameter's value.</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached.</exception>
    public async Task<string> GetParameterAsync(string name, CancellationToken cancellation = default) => (await json.CallAsync(
        "GetParameter", new(name), ServiceJson.Default.GetParameterRequest, ServiceJson.Default.GetParameterResponse, cancellation).ConfigureAwait(false)).Parameter.Value;
}

internal sealed record GetParameterRequest(string Name);

internal sealed record GetParameterResponse([property: JsonRequired] SystemParameter Parameter);

internal sealed record SystemParameter([property: JsonRequired] string Value);
