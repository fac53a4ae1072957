using System.Text.Json.Serialization;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>Secrets that stacks generated.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class SecretsManagerClient(AwsAccess access)
{
    private readonly JsonClient json = new(access, AwsService.SecretsManager);

    /// <summary>A secret's text. No message and no log shows it.</summary>
    /// <param name="secretId">Its ARN or name.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="AwsException">AWS refused it or was not reached.</exception>
    public async Task<string> GetSecretValueAsync(string secretId, CancellationToken cancellation = default) => (await json.CallAsync(
        "GetSecretValue", new(secretId), ServiceJson.Default.GetSecretValueRequest, ServiceJson.Default.GetSecretValueResponse, cancellation).ConfigureAwait(false)).SecretString;
}

internal sealed record GetSecretValueRequest(string SecretId);

internal sealed record GetSecretValueResponse([property: JsonRequired] string SecretString)
{
    /// <summary>No text of it shows the secret.</summary>
    public override string ToString() => nameof(GetSecretValueResponse);
}
