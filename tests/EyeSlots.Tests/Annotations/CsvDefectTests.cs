using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>Rows that cannot become crops, and rows that look odd and can.</summary>
public sealed class CsvDefectTests
{
    private static readonly string Good = ListText.Landmarks(100);

    [Theory]
    [InlineData("a.jpg,0,0,1,1")]
    [InlineData("a.jpg")]
    [InlineData("a.jpg,0,0,1,1,1;2,0,0,0,0,0")]
    public void Read_WrongNumberOfColumns_IsAnnotationInvalid(string row)
    {
        var read = Assert.Single(Lists.Read(ListText.List(row)));
        Assert.Equal(RejectCode.AnnotationInvalid, read.Defect?.Code);
        Assert.Equal(("a.jpg", row), (read.ImagePath, read.RawText));
    }

    [Theory]
    [InlineData("-2", "-2")]
    [InlineData("-2.0", "-2.000")]
    [InlineData("", "")]
    [InlineData("NULL", "NULL")]
    [InlineData("nan", "NaN")]
    [InlineData(" ", " -2 ")]
    [InlineData("None", "none")]
    [InlineData("NA", "na")]
    [InlineData("N/A", "n/a")]
    [InlineData("Null", "nUlL")]
    public void Read_Unlabelled_IsWelcomeAndNull(string valence, string arousal)
    {
        var read = Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg", expression: "10", valence: valence, arousal: arousal))));
        Assert.Equal((null, null, null, 10), (read.Defect, read.Valence, read.Arousal, read.Expression));
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("10.000", 10)]
    [InlineData("0e0", 0)]
    [InlineData("None", null)]
    [InlineData("N/A", null)]
    [InlineData("nan", null)]
    [InlineData("", null)]
    public void Read_AnExpressionAsProgramsWriteIt_IsANumberOrUnknown(string text, int? expression)
    {
        var read = Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg", expression: text))));
        Assert.Equal((null, expression), (read.Defect, read.Expression));
    }

    [Theory]
    [InlineData("11", "0", "0")]
    [InlineData("-1", "0", "0")]
    [InlineData("1.5", "0", "0")]
    [InlineData("happy", "0", "0")]
    [InlineData("1", "1.0001", "0")]
    [InlineData("1", "0", "-1.0001")]
    [InlineData("1", "-1.9999", "0")]
    [InlineData("1", "infinity", "0")]
    [InlineData("1", "0", "word")]
    [InlineData("3.5", "0", "0")]
    [InlineData("infinity", "0", "0")]
    [InlineData("-2", "0", "0")]
    [InlineData("1", "0,5", "0")]
    [InlineData("1", "unknown", "0")]
    [InlineData("1", "nil", "0")]
    [InlineData("1", "-", "0")]
    public void Read_LabelsOutOfRange_IsAnnotationInvalid(string expression, string valence, string arousal) =>
        Assert.Equal(RejectCode.AnnotationInvalid, DefectOf(ListText.Row("a.jpg", Good, expression, valence, arousal)));

    [Theory]
    [InlineData("")]
    [InlineData("1;2;3")]
    [InlineData(";")]
    [InlineData("x;y")]
    public void Read_WrongLandmarks_IsLandmarksInvalid(string landmarks) =>
        Assert.Equal(RejectCode.LandmarksInvalid, DefectOf(ListText.Row("a.jpg", landmarks)));

    [Fact]
    public void Read_OneNumberTooManyOrTooFew_IsLandmarksInvalid()
    {
        Assert.Equal(RejectCode.LandmarksInvalid, DefectOf(ListText.Row("a.jpg", Good + ";1")));
        Assert.Equal(RejectCode.LandmarksInvalid, DefectOf(ListText.Row("a.jpg", Good[..Good.LastIndexOf(';')])));
        Assert.Equal(RejectCode.LandmarksInvalid, DefectOf(ListText.Row("a.jpg", Good.Replace(";", ";;", StringComparison.Ordinal))));
    }

    [Fact]
    public void Read_SpacesAndExponentsInNumbers_AreNumbers()
    {
        var odd = Good.Split(';').Select((number, at) => at % 2 == 0 ? $" {number}e0 " : $"+{number}E+00");
        var read = Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg", string.Join(';', odd)))));
        Assert.Null(read.Defect);
        Assert.Equal(Assert.Single(Lists.Read(ListText.List(ListText.Row("a.jpg")))).Landmarks, read.Landmarks);
    }

    [Fact]
    public void Read_ThumbsDb_IsARowLikeAnyOther() =>
        Assert.Equal(RejectCode.LandmarksInvalid, DefectOf("1/Thumbs.db,NULL,NULL,NULL,NULL,NULL,0,0,0"));

    private static RejectCode? DefectOf(string row) => Assert.Single(Lists.Read(ListText.List(row))).Defect?.Code;
}
