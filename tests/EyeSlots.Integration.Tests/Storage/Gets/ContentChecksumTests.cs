using System.Net;
using System.Security.Cryptography;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;
using EyeSlots.Storage.S3.Gets;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>What AWS says about a content is compared with what came.</summary>
public sealed class ContentChecksumTests
{
    /// <summary>Of the text 123456789: the check values of the catalogues of CRCs, in the form of S3's headers.</summary>
    public static TheoryData<string, string> Checks => new()
    {
        { "x-amz-checksum-crc64nvme", "rosUhgp5mIg=" },
        { "x-amz-checksum-crc32", "y/Q5Jg==" },
        { "x-amz-checksum-crc32c", "4waSgw==" },
        { "x-amz-checksum-sha1", Convert.ToBase64String(SHA1.HashData("123456789"u8)) },
        { "x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("123456789"u8)) },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public void Checksum_OfEachKind_KnowsItsContentAndNoOther(string header, string value)
    {
        using var answer = PlayedServer.Object([]);
        answer.Headers.Add(header, value);
        var sum = ContentChecksum.Of(answer.Headers)!;
        Assert.True(sum.IsOf("123456789"u8));
        Assert.False(sum.IsOf("123456798"u8));
        Assert.False(sum.IsOf(""u8));
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg==-3")]
    [InlineData("x-amz-checksum-crc32", "no base 64")]
    [InlineData("x-amz-checksum-crc32", "y/Q5")]
    [InlineData("x-amz-checksum-sha256", "y/Q5Jg==")]
    [InlineData("x-amz-checksum-type", "FULL_OBJECT")]
    public void Checksum_OfPartsOrOfNoForm_IsNone(string header, string value)
    {
        using var answer = PlayedServer.Object([]);
        answer.Headers.TryAddWithoutValidation(header, value);
        Assert.Null(ContentChecksum.Of(answer.Headers));
    }

    [Fact]
    public async Task Read_FromAws_AsksForTheChecksum_AndReadsAgainWhatDoesNotMatch()
    {
        var bodies = new Queue<string>(["123456798", "123456789"]);
        using var server = new PlayedServer(_ =>
        {
            var answer = PlayedServer.Object(System.Text.Encoding.ASCII.GetBytes(bodies.Dequeue()));
            answer.Headers.Add("x-amz-checksum-crc64nvme", "rosUhgp5mIg=");
            return answer;
        });
        var buffer = new ByteBuffer();
        Assert.Equal(ReadOutcome.Read, await server.Open("s3://bucket").ReadAsync("a", null, buffer, 100));
        Assert.Equal("123456789"u8, buffer.Span);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("ENABLED", request.Headers.GetValues("x-amz-checksum-mode").Single()));
    }

    [Fact]
    public async Task Read_FromAnotherServerOrOfAPart_ComparesNothing()
    {
        using var server = new PlayedServer(request =>
        {
            var answer = PlayedServer.Object("0123"u8.ToArray());
            answer.Headers.Add("x-amz-checksum-crc64nvme", "rosUhgp5mIg=");
            if (request.Headers.Range is null) return answer;
            answer.StatusCode = HttpStatusCode.PartialContent;
            answer.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 0-3/10");
            return answer;
        });
        var buffer = new ByteBuffer();
        Assert.Equal(ReadOutcome.Read, await server.Open("s3://bucket").ReadStartAsync("a", new("a", 10, "one", default), buffer, 4));
        Assert.Equal(ReadOutcome.Read, await server.Open("s3://bucket", new("http://minio:9000")).ReadAsync("a", null, buffer, 100));
        Assert.False(server.Requests.Last().Headers.Contains("x-amz-checksum-mode"));
    }
}
