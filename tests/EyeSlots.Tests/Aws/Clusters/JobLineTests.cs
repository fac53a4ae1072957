using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Aws.Clusters;

/// <summary>From the command that a user typed to a job of a cluster.</summary>
public sealed class JobLineTests
{
    private const string Lists = "s3://artifacts/clusters/faces/lists/";

    private static readonly ClusterName Name = ClusterName.Parse("faces");

    private static readonly ClusterBase Ground = new()
    {
        StackId = "arn:aws:cloudformation:us-east-1:123456789012:stack/eyeslots-base/1", ArtifactBucket = "artifacts", DataBuckets = ["photographs", "shards"], Subnets = ["subnet-1"], ServiceRoleArn = "arn:aws:iam::123456789012:role/x",
    };

    [Theory]
    [InlineData("verify", "--out", "s3://slots/a")]
    [InlineData("preprocess", "--annotations", "s3://lists/t.csv", "train=s3://lists/v.csv", "--images=s3://faces", "--out:s3://slots", "--size", "128x48")]
    [InlineData("train", "--data", "s3://slots", "--train", "training", "--validation", "validation", "--run", "s3://slots/runs/1")]
    public void For_LineOnS3_IsTheJobWordForWord(params string[] arguments)
    {
        var (request, files) = JobLine.Parse(arguments).For(Ground, Name);
        Assert.Equal(arguments, request.Arguments);
        Assert.Empty(files);
    }

    [Fact]
    public void For_ListsOfThisMachine_AreSentBesideTheJobAndKeepTheirNames()
    {
        using var folder = new TempFolder();
        folder.Write("training.csv", "");
        folder.Write("odd name.npz", "");
        var (csv, npz) = (folder.At("training.csv"), folder.At("odd name.npz"));
        var (request, files) = JobLine.Parse(["preprocess", "--annotations", csv, $"val={npz}", "s3://lists/third.csv", "--images", "s3://faces", "--out", "s3://slots"]).For(Ground, Name);
        Assert.Equal(
            ["preprocess", "--annotations", $"training={Lists}training.csv", $"val={Lists}val.npz", "s3://lists/third.csv", "--images", "s3://faces", "--out", "s3://slots"], request.Arguments);
        Assert.Equal([(csv, $"{Lists}training.csv"), (npz, $"{Lists}val.npz")], files.Select(file => (file.File, file.To.ToString())));
    }

    [Fact]
    public void For_AnOptionAndItsListInOneWord_StaysOneWord()
    {
        using var folder = new TempFolder();
        folder.Write("t.csv", "");
        var (request, _) = JobLine.Parse(["preprocess", $"--annotations={folder.At("t.csv")}", "--images", "s3://faces", "--out", "s3://slots"]).For(Ground, Name);
        Assert.Equal($"--annotations=t={Lists}t.csv", request.Arguments[1]);
    }

    [Fact]
    public void For_AFolderOfThisMachine_IsRefusedWithTheLineThatCopiesIt()
    {
        using var folder = new TempFolder();
        var (images, name) = (folder.Path, Path.GetFileName(folder.Path));
        var line = JobLine.Parse(["preprocess", "--annotations", "s3://lists/t.csv", "--images", images, "--out", "s3://slots"]);
        Refused.AsUsage(
            $"--images {images} is a folder of this machine, which no cluster can reach; copy it once with 'aws s3 sync {images} s3://photographs/{name}', then take --images s3://photographs/{name}.",
            () => line.For(Ground, Name));
    }

    [Fact]
    public void For_AFolderWhoseNameAShellWouldCut_IsQuotedInThatLine()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("it's here"));
        var line = JobLine.Parse(["preprocess", "--annotations", "s3://lists/t.csv", "--images", folder.At("it's here"), "--out", "s3://slots"]);
        var error = Assert.Throws<EyeSlotsException>(() => line.For(Ground, Name));
        Assert.Contains($@"aws s3 sync '{folder.Path}/it'\''s here' 's3://photographs/it'\''s here'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_AnOutputThatIsNotThereYet_IsRefusedWithWhereItCouldBe() => Refused.AsUsage(
        "--out /nowhere/slots is a folder of this machine, which no cluster can reach; take --out s3://photographs/slots.",
        () => JobLine.Parse(["verify", "--out", "/nowhere/slots"]).For(Ground, Name));

    [Fact]
    public void Parse_AListThatIsNotThere_IsUnreadableBeforeAnythingIsAsked()
    {
        var error = Assert.Throws<EyeSlotsException>(() => JobLine.Parse(["preprocess", "--annotations", "/nowhere/t.csv", "--images", "s3://faces", "--out", "s3://slots"]));
        Assert.Equal((ErrorCodes.ListUnreadable, "There is no list /nowhere/t.csv; check --annotations."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("synth", "--out", "s3://slots")]
    [InlineData("verify", "--out", "s3://slots;reboot")]
    [InlineData("verify", "--out", "s3://slots", "--log-file", "/etc/x")]
    [InlineData("preprocess", "--annotations", "s3://b/l.csv", "--images", "s3://b", "--out", "s3://b", "--remote", "sc://h")]
    public void Parse_WhatNoClusterDoes_IsRefusedBeforeAnythingIsAsked(params string[] arguments) =>
        Assert.Equal(ErrorCodes.Usage, Assert.Throws<EyeSlotsException>(() => JobLine.Parse(arguments)).Code);

    [Fact]
    public void Parse_WithoutACommand_SaysWhatToType() => Refused.AsUsage("Name the command: eyeslots cluster run -- preprocess …", () => JobLine.Parse([]));

    [Fact]
    public void Line_KnowsItsBucketsItsImagesAndItsMachine()
    {
        var job = JobLine.Parse(["preprocess", "--annotations", "s3://lists/t.csv", "train=s3://lists/v.csv", "--images", "s3://faces/all", "--out", "s3://slots"]);
        Assert.Equal(["lists", "faces", "slots"], job.Buckets);
        Assert.Equal("s3://faces/all", job.Images.ToString());
        Assert.False(job.NeedsTrainer);
        Assert.True(JobLine.Parse(["evaluate", "--run", "s3://slots/runs/1"]).NeedsTrainer);
        Assert.Null(JobLine.Parse(["verify", "--out", "s3://slots"]).Images);
    }
}
