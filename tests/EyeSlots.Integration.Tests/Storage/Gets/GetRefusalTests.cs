using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Refusals of any form, also hostile ones, end as one line of ours.</summary>
public sealed class GetRefusalTests
{
    private const string Secretive = "said by the server";

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 403, $"<Error><Code>AccessDenied</Code><Message>{Secretive}</Message></Error>", "access denied" },
        { 404, "<Error><Code>NoSuchBucket</Code></Error>", "there is no bucket bucket" },
        { 403, "<html><body>403 Forbidden", "access denied" },
        { 400, "", "400 BadRequest" },
        { 404, "", "404 NotFound" },
        { 400, $"<!DOCTYPE Error [<!ENTITY x \"{Secretive}\">]><Error><Code>&x;</Code></Error>", "400 BadRequest" },
        { 400, $"<Answer><Code>{Secretive}</Code></Answer>", "400 BadRequest" },
        { 400, $"<Error><Code>{new string('x', 65)}</Code></Error>", "400 BadRequest" },
        { 400, $"<Error><Code>Short</Code><Message>{new string('x', 1 << 17)}</Message></Error>", "400 BadRequest" },
        { 400, "<Error><Code>a\nb {Secretive}</Code></Error>", "400 ab" },
        { 400, "<Error>" + string.Concat(Enumerable.Repeat("<a>", 4000)), "400 BadRequest" },
        { 418, "<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Code>Teapot</Code></Error>", "418 Teapot" },
        { 304, "", "304 NotModified" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_OfAnyForm_IsToldInOurWordsAndNotTriedAgain(int status, string body, string expected)
    {
        using var server = new PlayedServer(_ => PlayedServer.Refusal(status, body));
        var error = await Assert.ThrowsAsync<StorageException>(async () => await server.Open("s3://bucket", new("http://host")).ReadAsync("a", null, new(), 9));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain(Secretive, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(503, "<Error><Code>SlowDown</Code></Error>")]
    [InlineData(500, "<html>oh")]
    [InlineData(429, "")]
    [InlineData(400, "<Error><Code>RequestTimeout</Code></Error>")]
    public async Task Refusal_ThatPasses_IsTriedAgain(int status, string body)
    {
        var left = 3;
        using var server = new PlayedServer(_ => left-- > 0 ? PlayedServer.Refusal(status, body) : PlayedServer.Object("content"u8.ToArray()));
        Assert.Equal(ReadOutcome.Read, await server.Open("s3://bucket", new("http://host")).ReadAsync("a", null, new(), 9));
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, "NoSuchKey", "Missing")]
    [InlineData(412, "PreconditionFailed", "Changed")]
    public async Task Refusal_ThatIsAnOutcome_IsOne(int status, string code, string expected)
    {
        using var server = new PlayedServer(_ => PlayedServer.Refusal(status, $"<Error><Code>{code}</Code></Error>"));
        var outcome = await server.Open("s3://bucket", new("http://host")).ReadAsync("a", new("a", 7, "one", default), new(), 9);
        Assert.Equal(expected, outcome.ToString());
    }

    [Fact]
    public async Task Region_NamedInAHeader_IsFollowedOnceAndNeverOneThatIsNoName()
    {
        string? named = "eu-central-1";
        using var server = new PlayedServer(request =>
        {
            if (request.RequestUri!.Host == "bucket.s3.eu-central-1.amazonaws.com") return PlayedServer.Object("content"u8.ToArray());
            var moved = PlayedServer.Refusal(301, "<Error><Code>PermanentRedirect</Code></Error>");
            moved.Headers.TryAddWithoutValidation("x-amz-bucket-region", named);
            return moved;
        });
        Assert.Equal(ReadOutcome.Read, await server.Open("s3://bucket", new(Region: "eu-west-1")).ReadAsync("a", null, new(), 9));
        Assert.Contains("/eu-central-1/s3/", server.Requests.Last().Headers.GetValues("Authorization").Single());
        named = "evil.example/";
        await Assert.ThrowsAsync<StorageException>(async () => await server.Open("s3://bucket", new(Region: "eu-west-1")).ReadAsync("a", null, new(), 9));
        Assert.Equal(3, server.Requests.Count);
    }
}
