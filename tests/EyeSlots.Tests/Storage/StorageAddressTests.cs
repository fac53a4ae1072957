using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>Addresses as users write them.</summary>
public sealed class StorageAddressTests
{
    [Theory]
    [InlineData("/data/a", "/data/a")]
    [InlineData("/data/a/", "/data/a")]
    [InlineData("/data/x/../a", "/data/a")]
    [InlineData("/", "/")]
    [InlineData("s3://bucket", "s3://bucket")]
    [InlineData("s3://bucket/", "s3://bucket")]
    [InlineData("s3://bucket//a/b/", "s3://bucket/a/b")]
    [InlineData("S3://bucket/a", "s3://bucket/a")]
    [InlineData("s3a://bucket/a", "s3://bucket/a")]
    [InlineData("s3n://bucket", "s3://bucket")]
    [InlineData("S3A://Bucket/A", "s3://Bucket/A")]
    [InlineData("file:///data/a", "/data/a")]
    [InlineData("FILE:/data/a", "/data/a")]
    [InlineData("file://localhost/data/a%20b/%C3%A9%23", "/data/a b/é#")]
    [InlineData("/data/a%20b", "/data/a%20b")]
    [InlineData("/data/a:b", "/data/a:b")]
    [InlineData("/data/s3:/a", "/data/s3:/a")]
    public void Parse_AnAddress_ShowsItAsAUserWould(string text, string shown) => Assert.Equal(shown, StorageAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("s3://")]
    [InlineData("s3:///a")]
    [InlineData("http://host/a")]
    [InlineData("a\0b")]
    [InlineData("s3:")]
    [InlineData("s3:b")]
    [InlineData("s3:/b/x")]
    [InlineData("S3:/b/x")]
    [InlineData("s3a:b/x")]
    [InlineData("s3a://")]
    [InlineData("dbfs:/x")]
    [InlineData("dbfs:x")]
    [InlineData("hdfs://host/x")]
    [InlineData("hdfs:/x")]
    [InlineData("gs://bucket/x")]
    [InlineData("abfss://c@a/x")]
    [InlineData("https://bucket.s3.amazonaws.com/x")]
    [InlineData("HTTP:host/x")]
    [InlineData("arn:aws:s3:::bucket/x")]
    [InlineData("never-heard-of:/x")]
    [InlineData(@"C:\data\x")]
    [InlineData("C:/data/x")]
    [InlineData("file://host/x")]
    [InlineData("file://x")]
    [InlineData("file:x")]
    [InlineData("file:")]
    [InlineData("file:///a%00b")]
    [InlineData("~somebody/x")]
    [InlineData("~backup")]
    public void Parse_NoAddress_IsAWrongCommandLine(string text) => Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => StorageAddress.Parse(text)));

    [Theory]
    [InlineData("s3:/b/x", "s3://b/x")]
    [InlineData("dbfs:/mnt/x", "/dbfs/")]
    [InlineData("gs://b/x", "gs:")]
    [InlineData("~somebody/x", "~")]
    public void Parse_ASlip_SaysWhatToWrite(string text, string hint) =>
        Assert.Contains(hint, Assert.Throws<EyeSlotsException>(() => StorageAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a:b/x")]
    [InlineData("12:30/x")]
    [InlineData("data:v1")]
    [InlineData("./s3:/b/x")]
    [InlineData("./~backup")]
    [InlineData("a~")]
    public void Parse_APathWithOddCharacters_IsAPathBelowTheCurrentFolder(string text) =>
        Assert.Equal(Path.GetFullPath(text), StorageAddress.Parse(text).Path);

    [Theory]
    [InlineData("~", "")]
    [InlineData("~/", "")]
    [InlineData("~/faces", "/faces")]
    public void Parse_ATilde_IsTheHomeFolder(string text, string below) =>
        Assert.Equal(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + below, StorageAddress.Parse(text).Path);

    [Theory]
    [InlineData("/data/a.csv", "/data", "a.csv")]
    [InlineData("/a.csv", "/", "a.csv")]
    [InlineData("/data/train_set/", "/data", "train_set")]
    [InlineData("s3://bucket/a/b.csv", "s3://bucket/a", "b.csv")]
    [InlineData("s3://bucket/b.csv", "s3://bucket", "b.csv")]
    public void Split_AFile_GivesItsFolderAndName(string text, string folder, string name)
    {
        var split = StorageAddress.Parse(text).Split();
        Assert.Equal((folder, name), (split.Folder.ToString(), split.Name));
    }

    [Fact]
    public void ParseLocal_AnAddressOnS3_IsAWrongCommandLine()
    {
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => StorageAddress.ParseLocal("s3://bucket/x.png")));
        Assert.Equal("/data/x.png", StorageAddress.ParseLocal("file:///data/x.png"));
    }

    [Fact]
    public void Open_AnS3AddressAsAFolder_IsRefused() => Assert.Throws<ArgumentException>(() => new LocalObjectStore(StorageAddress.Parse("s3://bucket")));
}
