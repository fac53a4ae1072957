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
    public void Parse_AnAddress_ShowsItAsAUserWould(string text, string shown) => Assert.Equal(shown, StorageAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("s3://")]
    [InlineData("s3:///a")]
    [InlineData("http://host/a")]
    [InlineData("a\0b")]
    public void Parse_NoAddress_IsAWrongCommandLine(string text) => Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => StorageAddress.Parse(text)));

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
    public void Open_AnS3AddressAsAFolder_IsRefused() => Assert.Throws<ArgumentException>(() => new LocalObjectStore(StorageAddress.Parse("s3://bucket")));
}
