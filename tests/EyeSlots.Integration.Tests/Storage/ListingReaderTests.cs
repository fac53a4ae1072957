using System.Text;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Pages of listings as servers write them, and answers that are none.</summary>
public sealed class ListingReaderTests
{
    private const string Start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">", End = "</ListBucketResult>";

    [Fact]
    public void Read_APageOfAws_KnowsAllThatAPlanNeeds()
    {
        var page = Read($"""
            {Start}<Name>b</Name><Prefix>root/</Prefix><NextContinuationToken>1/x=</NextContinuationToken><KeyCount>3</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>true</IsTruncated>
              <Contents><Key>root/1/a&amp;b.jpg</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified><ETag>&quot;0f-2&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>12345678901</Size><StorageClass>STANDARD</StorageClass></Contents>
              <Contents><Key>root/1/c.jpg</Key><LastModified>2026-01-02T03:04:05Z</LastModified><Owner><ID>1</ID></Owner><ETag>"1"</ETag><Size>0</Size><StorageClass>GLACIER</StorageClass><RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus></Contents>
              <Contents><Key>root/1/d.jpg</Key><ETag>"2"</ETag><Size>1</Size><StorageClass>DEEP_ARCHIVE</StorageClass><RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress><RestoreExpiryDate>2035-01-01T00:00:00Z</RestoreExpiryDate></RestoreStatus></Contents>
            {End}
            """);
        Assert.Equal(
            [
                new("1/a&b.jpg", 12345678901, "0f-2", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
                new("1/c.jpg", 0, "1", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { IsArchived = true },
                new("1/d.jpg", 1, "2", DateTimeOffset.UnixEpoch),
            ],
            page.Files);
        Assert.Equal(("1/x=", "root/1/d.jpg", true, false), (page.Next, page.LastKey, page.IsInOrder, page.HasEnded));
    }

    [Fact]
    public void Read_KeysThatNoFolderHas_AreLeftOutAndCountForTheOrder()
    {
        var page = Read($"{Start}{Object("root/")}{Object("root/../x")}{Object("root/a//b")}{Object("root/e/")}{Object("root/d")}{End}");
        Assert.Equal(["d"], page.Files.Select(file => file.Key));
        Assert.False(page.IsInOrder);
    }

    [Fact]
    public void Read_AControlCharacterOfAKey_IsThatCharacter() => Assert.Equal("a\u0001b", Assert.Single(Read($"{Start}{Object("root/a&#x1;b")}{End}").Files).Key);

    [Fact]
    public void Read_AKeyBehindTheEnd_EndsTheRange()
    {
        var page = Read($"{Start}<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>{Object("root/a")}{Object("root/b")}{Object("root/c")}{Object("root/d")}{End}", until: "root/b");
        Assert.Equal(["a", "b"], page.Files.Select(file => file.Key));
        Assert.Equal((null, true, true), (page.Next, page.IsInOrder, page.HasEnded));
    }

    [Theory]
    [InlineData("root/b", "root/a", "root/c")]
    [InlineData(null, "root/b", "root/a")]
    [InlineData(null, "root/a", "root/a")]
    public void Read_KeysThatStepBack_AreToldAsUnordered(string? after, string first, string second) =>
        Assert.False(Read($"{Start}{Object(first)}{Object(second)}{End}", after).IsInOrder);

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("<ListBucketResult><Contents><Key>root/a</Key><Size>1</Size>")]
    [InlineData("<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents/></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>root/a</Key><Size>-1</Size></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>root/a</Key><Size>1e3</Size></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key>root/a</Key><LastModified>yesterday</LastModified></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><Contents><Key><b>root/a</b></Key></Contents></ListBucketResult>")]
    [InlineData("<ListBucketResult><IsTruncated>perhaps</IsTruncated></ListBucketResult>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e \"root/a\">]><ListBucketResult><Contents><Key>&e;</Key></Contents></ListBucketResult>")]
    public void Read_WhatIsNoListing_IsRefused(string xml) => Assert.Throws<IOException>(() => Read(xml));

    private static string Object(string key) => $"<Contents><Key>{key}</Key><ETag>\"1\"</ETag><Size>1</Size></Contents>";

    private static ListingPage Read(string xml, string? after = null, string? until = null) =>
        new ListingReader(new(StorageAddress.Parse("s3://b/root"))).Read(new MemoryStream(Encoding.UTF8.GetBytes(xml.Trim())), after, until);
}
