using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3;

namespace EyeSlots.Storage.S3.Gets;

/// <summary>A server's refusal of a GET, in the form in which the SDK tells those of other calls.</summary>
internal sealed class GetRefusal : AmazonS3Exception
{
    private const int LongestBody = 64 << 10, LongestCode = 64;
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestBody };

    private GetRefusal(HttpStatusCode status, string code, string message)
        : base(message, ErrorType.Unknown, code, "", status)
    {
    }

    /// <summary>The region in which the server says that the bucket is, unchecked, or null.</summary>
    public string? BucketRegion { get; private init; }

    /// <summary>The server's time, or null.</summary>
    public DateTimeOffset? Date { get; private init; }

    /// <summary>Reads an answer to its end. A body that is no error of S3, or too long to be one, leaves the status alone.</summary>
    public static async Task<GetRefusal> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (code, message) = Parse(await BodyAsync(answer, cancellation).ConfigureAwait(false));
        return new(answer.StatusCode, code.Length > 0 ? code : answer.StatusCode.ToString(), message)
        {
            BucketRegion = answer.Headers.NonValidated.TryGetValues("x-amz-bucket-region", out var region) ? region.ToString() : null,
            Date = answer.Headers.Date,
        };
    }

    private static async Task<Memory<byte>> BodyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var body = answer.Content.ReadAsStream(cancellation);
        var room = new byte[LongestBody + 1];
        var length = await body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return length > LongestBody ? default : room.AsMemory(0, length);
    }

    private static (string Code, string Message) Parse(Memory<byte> body)
    {
        if (body.Length == 0) return ("", "");
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Strict);
            var error = XElement.Load(reader);
            return error.Name.LocalName == "Error" && Text(error, "Code") is { Length: <= LongestCode } code ? (code, Text(error, "Message")) : ("", "");
        }
        catch (XmlException)
        {
            return ("", "");
        }
    }

    private static string Text(XElement error, string name) => error.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}
