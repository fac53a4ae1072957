using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>Paths of a list are not trusted.</summary>
public sealed class ImagePathTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share/a.jpg")]
    [InlineData(@"\\server\share\a.jpg")]
    [InlineData("C:/a.jpg")]
    [InlineData(@"c:\a.jpg")]
    [InlineData("c:a.jpg")]
    [InlineData("../a.jpg")]
    [InlineData("1/../../a.jpg")]
    [InlineData(@"1\..\a.jpg")]
    [InlineData("1/./a.jpg")]
    [InlineData("1//a.jpg")]
    [InlineData("1/a.jpg/")]
    [InlineData("1/a\0.jpg")]
    public void TryNormalize_APathThatLeadsElsewhere_IsRefused(string raw) => Assert.False(ImagePath.TryNormalize(raw, out _));

    [Theory]
    [InlineData("a.jpg", "a.jpg")]
    [InlineData("1/a.jpg", "1/a.jpg")]
    [InlineData(@"1\2/a.jpg", "1/2/a.jpg")]
    [InlineData("...", "...")]
    [InlineData("1/..a/b..", "1/..a/b..")]
    [InlineData("1/c:/a.jpg", "1/c:/a.jpg")]
    [InlineData("é/ü 好.jpg", "é/ü 好.jpg")]
    [InlineData("[red]a<b>.jpg", "[red]a<b>.jpg")]
    public void TryNormalize_APathBelowTheRoot_IsKept(string raw, string expected)
    {
        Assert.True(ImagePath.TryNormalize(raw, out var path));
        Assert.Equal(expected, path);
    }

    [Fact]
    public void Read_ARefusedPath_IsAnnotationInvalidUnderItsRawText()
    {
        var row = Assert.Single(Lists.Read(ListText.List(ListText.Row(@"..\up\a.jpg"))));
        Assert.Equal((RejectCode.AnnotationInvalid, @"..\up\a.jpg"), (row.Defect?.Code, row.ImagePath));
    }

    [Fact]
    public void FaceKey_OfAnyFace_JoinsItsPartsByNul() =>
        Assert.Equal("training\0a.jpg\012"u8.ToArray(), new FaceKey("training", "a.jpg", 12).ToUtf8());
}
