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

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
