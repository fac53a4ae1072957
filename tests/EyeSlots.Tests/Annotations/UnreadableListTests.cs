using System.Text;
using EyeSlots.Core;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Annotations;

/// <summary>What is no list ends in one clear error.</summary>
public sealed class UnreadableListTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "empty", [] },
        { "line feeds", "\n\n\n"u8.ToArray() },
        { "zeros", new byte[100_000] },
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. Noise(50_000)] },
        { "noise", Noise(200_000) },
        { "another header", "path,x,y\na.jpg,1,2\n"u8.ToArray() },
        { "header without landmarks", "subDirectory_filePath,face_x\na.jpg,1\n"u8.ToArray() },
        { "no header and too few columns", "a.jpg,1,2,3\n"u8.ToArray() },
        { "no header and no landmarks", "a.jpg,0,0,1,1,NULL,0,0,0\n"u8.ToArray() },
        { "JSON", "{\"a\": [1, 2, 3]}"u8.ToArray() },
        { "semicolons", Utf8(ListText.List("\"" + ListText.Row("a.jpg").Replace(",", "\";\"", StringComparison.Ordinal) + "\"").Replace(',', ';')) },
        { "Latin-1", Encoding.Latin1.GetBytes(ListText.List(ListText.Row("é.jpg"))) },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(ListText.List(ListText.Row("a.jpg"))) },
        { "UTF-16 cut inside of a character", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ListText.List(ListText.Row("a.jpg"))), 0x61] },
        { "half a surrogate", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ListText.Header + "\n"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes(ListText.Row(".jpg"))] },
        { "a quote that swallows a row", Utf8(ListText.List("\"" + ListText.Row("a.jpg"), ListText.Row("b.jpg"), ListText.Row("c.jpg") + "\"")) },
        { "a quote that swallows a row and leaves its columns", Utf8(ListText.List("\"" + ListText.Row("a.jpg"), ListText.Row("b.jpg\""))) },
        { "a quote that is never closed", Utf8(ListText.List(ListText.Row("a.jpg") + ",\"x", ListText.Row("b.jpg"))) },
        { "text behind a closing quote", Utf8(ListText.List(ListText.Row("\"a\"b.jpg"))) },
        { "a line break in a path", Utf8(ListText.List(ListText.Row("\"a\nb.jpg\""))) },
        { "a line break in a label", Utf8(ListText.List(ListText.Row("a.jpg", arousal: "\"0\n\""))) },
        { "a lone carriage return", Utf8(ListText.List(ListText.Row("a\rb.jpg"), ListText.Row("b.jpg"))) },
        { "a lone carriage return at the end", Utf8(ListText.List(ListText.Row("a.jpg")).TrimEnd('\n') + "\r") },
        { "a lone line feed", Utf8(ListText.List(ListText.Row("a.jpg"), "b.jpg").Replace('\n', '\r') + "c\nd.jpg\r") },
        { "CR CR LF", Utf8(ListText.Header + "\n" + ListText.Row("a.jpg") + "\r\r\n") },
        { "two columns of one name", Utf8(ListText.Header + ",valence\n" + ListText.Row("a.jpg") + ",0\n") },
        { "a comment before the header", Utf8("# AffectNet\n" + ListText.List(ListText.Row("a.jpg"))) },
        { "UTF-16 zip", [0x50, 0x4B, 3, 4, .. Noise(1000)] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_NoList_IsListUnreadable(string what, byte[] file)
    {
        var error = Assert.Throws<EyeSlotsException>(() => Lists.Read(file));
        Assert.True(error.Code == ErrorCodes.ListUnreadable, what);
        Assert.Contains("'training'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ACellThatNeverEnds_IsListUnreadable()
    {
        var endless = ListText.List(ListText.Row("a.jpg")) + "\"" + new string('x', 40_000_000);
        Assert.Equal(ErrorCodes.ListUnreadable, Lists.CodeOf(() => Lists.Read(endless)));
    }

    [Fact]
    public void Read_AnyDamageOfAList_IsRowsOrListUnreadable()
    {
        var good = Encoding.UTF8.GetBytes(ListText.List(Enumerable.Range(0, 8).Select(at => ListText.Row($"{at}.jpg"))));
        var random = new Random(20_170_823);
        for (var round = 0; round < LongRun.Count(2_000, 100_000); round++)
        {
            var damaged = good[..random.Next(good.Length)];
            for (var flips = random.Next(20); flips > 0 && damaged.Length > 0; flips--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Lists.Read(damaged);
            }
            catch (EyeSlotsException error)
            {
                Assert.Equal(ErrorCodes.ListUnreadable, error.Code);
            }
        }
    }

    [Theory]
    [InlineData("semicolons", "semicolons")]
    [InlineData("Latin-1", "iconv")]
    [InlineData("UTF-16 without a mark", "UTF-16")]
    [InlineData("a quote that swallows a row", "quote is not closed")]
    [InlineData("a lone carriage return", "line")]
    [InlineData("two columns of one name", "'valence'")]
    public void Read_NoList_SaysWhatIsWrong(string what, string hint)
    {
        var file = Files.Single(row => row.Data.Item1 == what).Data.Item2;
        Assert.Contains(hint, Assert.Throws<EyeSlotsException>(() => Lists.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoPathsOfInvalidBytes_NeverBecomeOne()
    {
        byte[] list = [.. Utf8(ListText.Header + "\n"), 0xE9, .. Utf8(ListText.Row(".jpg") + "\n"), 0xE8, .. Utf8(ListText.Row(".jpg") + "\n")];
        Assert.Equal(ErrorCodes.ListUnreadable, Lists.CodeOf(() => Lists.Read(list)));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
