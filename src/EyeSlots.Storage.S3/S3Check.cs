namespace EyeSlots.Storage.S3;

/// <summary>What <c>doctor</c> says about S3: which settings hold, and where each was found. No secret, and a key's name shortened.</summary>
internal static class S3Check
{
    public static async Task<IReadOnlyList<ProbeResult>> RunAsync(S3Connection s3, CancellationToken cancellation)
    {
        List<ProbeResult> results = [];
        if (await TryAsync("S3 server", () => Task.FromResult(Server(s3.Settings))).ConfigureAwait(false))
            await TryAsync("S3 credentials", () => CredentialsAsync(s3, cancellation)).ConfigureAwait(false);
        return results;

        async Task<bool> TryAsync(string check, Func<Task<string>> describe)
        {
            try
            {
                results.Add(new(check, true, await describe().ConfigureAwait(false)));
                return true;
            }
            catch (EyeSlotsException error)
            {
                results.Add(new(check, false, error.Message));
                return false;
            }
        }
    }

    private static string Server(S3Settings settings)
    {
        var endpoint = settings.Endpoint is { } set ? $"{settings.Place} ({set.Source})" : "AWS (no endpoint is set)";
        var bundle = settings.CaBundle is { } file ? $", certificates of {file.Value} ({file.Source})" : "";
        var payer = settings.RequesterPays ? ", the requester pays (--s3-requester-pays)" : "";
        return $"{endpoint}, region {settings.Region.Value} ({settings.Region.Source}), buckets in the {(settings.IsPathStyle ? "path" : "host's name")}{bundle}{payer}";
    }

    private static async Task<string> CredentialsAsync(S3Connection s3, CancellationToken cancellation)
    {
        var found = await s3.CredentialsAsync(cancellation).ConfigureAwait(false);
        var keys = await found.KeysAsync().ConfigureAwait(false);
        return $"key {keys.ShortKey}{(keys.IsShortLived ? " with a session token" : "")}, from {found.Source}";
    }
}
