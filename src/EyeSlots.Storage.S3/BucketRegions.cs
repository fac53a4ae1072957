using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EyeSlots.Storage.S3.Gets;

namespace EyeSlots.Storage.S3;

/// <summary>The regions of buckets that are not where the settings say, as servers' refusals name them.</summary>
internal sealed partial class BucketRegions
{
    private const string Header = "x-amz-bucket-region";
    private readonly ConcurrentDictionary<string, string> regions = new(StringComparer.Ordinal);

    /// <summary>The bucket's region, or null while no refusal has named one.</summary>
    public string? Of(string bucket) => regions.GetValueOrDefault(bucket);

    /// <summary>Remembers the region that a refusal names.</summary>
    /// <returns>Whether it is another one than the call went to.</returns>
    public bool Learn(string bucket, string usual, AmazonServiceException refusal)
    {
        if (Named(refusal) is not { } region || region == (Of(bucket) ?? usual)) return false;
        regions[bucket] = region;
        return true;
    }

    /// <summary>The region that a refusal names in its header or, where a server sends none, in its text; else null.</summary>
    public static string? Named(AmazonServiceException refusal)
    {
        if ((int)refusal.StatusCode is not (301 or 307 or 400 or 403)) return null;
        var header = refusal is GetRefusal get ? get.BucketRegion : (refusal.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue(Header);
        if (header is { Length: > 0 } && Region().IsMatch(header)) return header;
        return refusal.ErrorCode == "AuthorizationHeaderMalformed" && Expected().Match(refusal.Message) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Region();

    [GeneratedRegex("expecting ['\"]([a-z0-9-]{1,40})['\"]")]
    private static partial Regex Expected();
}
