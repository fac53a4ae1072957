using System.IO.Compression;
using System.Text;
using EyeSlots.Aws.Requests;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>All that lies in an account of moto: objects, templates, what machines are told, and what moto itself remembers.</summary>
internal sealed class AccountContents(PreparedAccount account)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Puts a secret where the machines of a cluster have theirs.</summary>
    public async Task PlantAsync(string name, string value)
    {
        using var http = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Post, account.Moto.Endpoint) { Content = new StringContent($$"""{"Name": "{{name}}", "SecretString": "{{value}}"}""", Encoding.UTF8, "application/x-amz-json-1.1") };
        call.Headers.Add("X-Amz-Target", "secretsmanager.CreateSecret");
        call.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20260101/{MotoServer.Region}/secretsmanager/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await http.SendAsync(call, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Reads all of it in search of secrets.</summary>
    public async Task ReadAsync(PlantedSecrets secrets)
    {
        foreach (var bucket in (string[])[account.ArtifactBucket, account.DataBucket]) await ReadBucketAsync(secrets, bucket);
        foreach (var stack in await account.Account.Life.ListAsync("eyeslots-", Cancellation)) await ReadStackAsync(secrets, stack.StackId);
        await ReadMachinesAsync(secrets);
    }

    private async Task ReadBucketAsync(PlantedSecrets secrets, string bucket)
    {
        var store = account.Account.Stores.Open(StorageAddress.Parse($"s3://{bucket}"));
        await foreach (var file in store.ListAsync("", Cancellation))
        {
            using var bytes = new MemoryStream();
            await using (var content = await store.OpenAsync(file.Key, Cancellation)) await content.CopyToAsync(bytes, Cancellation);
            secrets.Read($"s3://{bucket}/{file.Key}", Encoding.Latin1.GetString(bytes.ToArray()));
            if (!file.Key.EndsWith("gz", StringComparison.Ordinal)) continue;
            bytes.Position = 0;
            using var gzip = new GZipStream(bytes, CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            await gzip.CopyToAsync(unpacked, Cancellation);
            secrets.Read($"s3://{bucket}/{file.Key}, unpacked", Encoding.Latin1.GetString(unpacked.ToArray()));
        }
    }

    private async Task ReadStackAsync(PlantedSecrets secrets, string stack)
    {
        var template = await new QueryClient(account.Account.Access, AwsService.CloudFormation).CallAsync("GetTemplate", new QueryForm().Add("StackName", stack), Cancellation);
        secrets.Read($"the template of {stack}", template.Child("GetTemplateResult").Text("TemplateBody"));
        var described = (await account.Account.Life.FindAsync(stack, Cancellation))!;
        secrets.Read($"the stack {stack}", string.Join('\n', [.. described.Parameters.Select(one => one.ParameterValue), .. described.Outputs.Select(one => $"{one.OutputKey} {one.OutputValue}"), .. described.Tags.Select(one => one.Value)]));
    }

    private async Task ReadMachinesAsync(PlantedSecrets secrets)
    {
        var ec2 = new QueryClient(account.Account.Access, AwsService.Ec2);
        foreach (var reservation in (await ec2.CallAsync("DescribeInstances", new(), Cancellation)).List("reservationSet", "item"))
        {
            foreach (var machine in reservation.List("instancesSet", "item").Select(one => one.Text("instanceId")))
            {
                var told = await ec2.CallAsync("DescribeInstanceAttribute", new QueryForm().Add("InstanceId", machine).Add("Attribute", "userData"), Cancellation);
                if (told.Child("userData").Optional("value") is { } text) secrets.Read($"the user data of {machine}", Encoding.UTF8.GetString(Convert.FromBase64String(text)));
            }
        }

        foreach (var template in (await ec2.CallAsync("DescribeLaunchTemplateVersions", new QueryForm().Add("LaunchTemplateVersion.1", "$Latest"), Cancellation)).List("launchTemplateVersionSet", "item"))
        {
            if (template.Child("launchTemplateData").Optional("userData") is { } text) secrets.Read($"the user data of {template.Text("launchTemplateId")}", Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        }
    }
}
