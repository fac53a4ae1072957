using System.Text;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Tests.Aws;

/// <summary>What a cluster's job may say.</summary>
public sealed class JobRequestTests
{
    [Theory]
    [InlineData("preprocess", "--annotations", "train=s3://faces/t.csv", "s3://faces/lists/v 2.csv", "--images", "s3://faces/all", "--out=s3://slots/a", "--size", "128x48", "--force")]
    [InlineData("verify", "s3://slots", "--dataset", "affectnet")]
    [InlineData("diff", "--out", "s3://slots", "--from", "1", "--to", "2")]
    [InlineData("gc", "--keep:3", "--delete", "s3://slots/größe")]
    [InlineData("train", "--data", "s3://slots", "--run", "s3://runs/1", "--train", "training", "--validation", "validation", "--weight-decay", "1e-4", "--model", "tiny")]
    public void Of_JobOnS3_KeepsItsWordsThroughTheMailbox(params string[] arguments) =>
        Assert.Equal(arguments, JobRequest.Parse(JobRequest.Of(arguments).ToBytes()).Arguments);

    [Theory]
    [InlineData("'synth'", "synth", "--out", "s3://slots")]
    [InlineData("'node'", "node")]
    [InlineData("'predict'", "predict", "--images", "s3://faces")]
    [InlineData("'--help'", "--help")]
    [InlineData("a letter", "verify", "s3://slots; rm -rf x")]
    [InlineData("a letter", "verify", "s3://slots$(id)")]
    [InlineData("a letter", "verify", "s3://slots`id`")]
    [InlineData("a letter", "verify", "s3://slots|tee")]
    [InlineData("a letter", "verify", "s3://slots\n--force")]
    [InlineData("a letter", "verify", "s3://slots\0")]
    [InlineData("begins with @", "verify", "@arguments.txt")]
    [InlineData("--log-file", "verify", "s3://slots", "--log-file", "/etc/x")]
    [InlineData("--log-file", "verify", "s3://slots", "--log-file=x")]
    [InlineData("--log-file", "verify", "s3://slots", "--log-file:x")]
    [InlineData("--s3-endpoint", "verify", "s3://slots", "--s3-endpoint", "http:a")]
    [InlineData("--s3-profile", "verify", "s3://slots", "--s3-profile=x")]
    [InlineData("--remote", "preprocess", "--remote", "sc:x")]
    [InlineData("--engine", "preprocess", "--engine", "local")]
    [InlineData("--send-credentials", "preprocess", "--send-credentials")]
    [InlineData("--contact-sheet", "inspect", "--out", "s3://slots", "--contact-sheet", "x.png")]
    [InlineData("'/etc/passwd' is not on S3", "verify", "/etc/passwd")]
    [InlineData("'out' is not on S3", "verify", "out")]
    [InlineData("'a=/x.csv' is not on S3", "preprocess", "--annotations", "s3://faces/t.csv", "a=/x.csv")]
    [InlineData("'../x' is not on S3", "preprocess", "--images=../x")]
    [InlineData("'file:///etc' is not on S3", "preprocess", "--images", "file:///etc")]
    [InlineData("'s3://' is not on S3", "verify", "s3://")]
    [InlineData("'/etc/x.json' is not on S3", "train", "--model", "/etc/x.json")]
    [InlineData("'-0' is not for a job", "inspect", "--paths", "-0")]
    public void Of_WordThatIsNotHarmless_IsRefusedByName(string named, params string[] arguments)
    {
        var error = Assert.Throws<EyeSlotsException>(() => JobRequest.Of(arguments));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("verify s3://slots")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""["verify", 1]""")]
    [InlineData("""{"arguments": ["verify", "s3://slots"]}""")]
    [InlineData("""["verify", "s3://slots"] []""")]
    public void Parse_FileThatIsNoArrayOfTexts_IsRefused(string file) =>
        Assert.Equal(ErrorCodes.Usage, Assert.Throws<EyeSlotsException>(() => JobRequest.Parse(Encoding.UTF8.GetBytes(file))).Code);

    [Fact]
    public void Parse_FileOrArgumentsBeyondTheirBounds_AreRefused()
    {
        Assert.Throws<EyeSlotsException>(() => JobRequest.Parse(new byte[JobRequest.MostFileBytes + 1]));
        Assert.Throws<EyeSlotsException>(() => JobRequest.Of(["verify", .. Enumerable.Repeat("--force", 500)]));
        Assert.Throws<EyeSlotsException>(() => JobRequest.Of(["verify", "s3://slots/" + new string('x', 1024)]));
    }
}
