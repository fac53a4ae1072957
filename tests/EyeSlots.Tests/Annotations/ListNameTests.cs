using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>The names of lists and datasets on a command line.</summary>
public sealed class ListNameTests
{
    [Theory]
    [InlineData("/data/Training.csv", "training", "/data/Training.csv")]
    [InlineData("val.v2=/data/Manual Labels.csv", "val.v2", "/data/Manual Labels.csv")]
    [InlineData("/data/train_set", "train_set", "/data/train_set")]
    [InlineData("/data/train_set/", "train_set", "/data/train_set")]
    [InlineData("s3://bucket/lists/validation.csv", "validation", "s3://bucket/lists/validation.csv")]
    [InlineData("x=s3://bucket/a=b.csv", "x", "s3://bucket/a=b.csv")]
    [InlineData("/data/a=b/c.csv", "c", "/data/a=b/c.csv")]
    public void Parse_AList_TakesItsNameOrItsStem(string text, string name, string address)
    {
        var list = AnnotationList.Parse(text);
        Assert.Equal((name, address), (list.Name, list.Address.ToString()));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("a.b_c-d")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg")]
    public void CheckName_AnAllowedName_IsKept(string name) => Assert.Equal(name, AnnotationList.CheckName(name, "dataset"));

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData(".a")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("..")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg")]
    public void CheckName_AnyOtherName_IsAWrongCommandLine(string name)
    {
        var error = Assert.Throws<EyeSlotsException>(() => AnnotationList.CheckName(name, "dataset"));
        Assert.Equal((ErrorCodes.Usage, 2), (error.Code, error.ExitCode));
    }

    [Theory]
    [InlineData("/data/Manual Labels.csv")]
    [InlineData("/data/.csv")]
    [InlineData("")]
    [InlineData("ftp://host/a.csv")]
    [InlineData("s3://")]
    public void Parse_NoUsableName_IsAWrongCommandLine(string text) =>
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => AnnotationList.Parse(text)));

    [Fact]
    public void ParseAll_TwoListsOfOneName_IsAWrongCommandLine() =>
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => AnnotationList.ParseAll(["/a/training.csv", "/b/Training.csv"])));

    [Fact]
    public void ParseAll_ListsInAnyOrder_AreOrderedByName() =>
        Assert.Equal(["a", "b", "c"], AnnotationList.ParseAll(["/x/c.csv", "/x/a.csv", "b=/x/a.csv"]).Select(list => list.Name));
}
