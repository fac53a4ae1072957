using System.Text.Json.Serialization;
using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>What the account may have.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class ServiceQuotasClient(AwsAccess access)
{
    private readonly JsonClient json = new(access, AwsService.ServiceQuotas);

    /// <summary>The value of a quota, such as vCPUs of on-demand standard instances (<c>ec2</c>, <c>L-1216C47A</c>).</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached.</exception>
    public async Task<double> GetServiceQuotaAsync(string service, string quota, CancellationToken cancellation = default) => (await json.CallAsync(
        "GetServiceQuota", new(service, quota), ServiceJson.Default.GetServiceQuotaRequest, ServiceJson.Default.GetServiceQuotaResponse, cancellation).ConfigureAwait(false)).Quota.Value;
}

internal sealed record GetServiceQuotaRequest(string ServiceCode, string QuotaCode);

internal sealed record GetServiceQuotaResponse([property: JsonRequired] ServiceQuota Quota);

internal sealed record ServiceQuota([property: JsonRequired] double Value);
