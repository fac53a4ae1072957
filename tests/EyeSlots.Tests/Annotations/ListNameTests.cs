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
    [InlineData("s3:/bucket/a.csv")]
    [InlineData("x=s3:/bucket/a.csv")]
    [InlineData("x=dbfs:/a.csv")]
    [InlineData("x=")]
    public void Parse_NoUsableName_IsAWrongCommandLine(string text) =>
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => AnnotationList.Parse(text)));

    [Fact]
    public void Parse_AnEqualsSignInThePathOfAFile_IsNoName()
    {
        Assert.Equal(("training", "dt=2024-01-01/training.csv"), Parts("dt=2024-01-01/training.csv", there: true));
        Assert.Equal(("dt", "2024-01-01/training.csv"), Parts("dt=2024-01-01/training.csv", there: false));
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => Parts("a=b.csv", there: true))); // it is no name either, and is not guessed to be one
        Assert.Equal(("x", "a=b.csv"), Parts("x=a=b.csv", there: false));
    }

    [Fact]
    public void ParseAll_TwoListsOfOneName_IsAWrongCommandLine() =>
        Assert.Equal(ErrorCodes.Usage, Lists.CodeOf(() => AnnotationList.ParseAll(["/a/training.csv", "/b/Training.csv"])));

    [Fact]
    public void ParseAll_ListsInAnyOrder_AreOrderedByName() =>
        Assert.Equal(["a", "b", "c"], AnnotationList.ParseAll(["/x/c.csv", "/x/a.csv", "b=/x/a.csv"]).Select(list => list.Name));

    private static (string Name, string Path) Parts(string text, bool there)
    {
        var list = AnnotationList.Parse(text, path => there && path == text);
        return (list.Name, Path.GetRelativePath(".", list.Address.Path));
    }
}
