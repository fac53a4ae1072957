using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Tests.Contract;

/// <summary>The slices of one row.</summary>
public sealed class SliceRowTests
{
    private static readonly byte[][] Slices = [.. Enumerable.Range(0, 3).Select(i => SliceBytes.Write(Of(i)))];

    [Fact]
    public void Read_WhatWasWritten_GivesTheSlicesInOrder()
    {
        var read = SliceRow.Read(SliceRow.Write(Slices)).ToList();
        Assert.Equal(["t0", "t1", "t2"], read.Select(slice => slice.List));
        Assert.Equal([0, 1, 2], read.Select(slice => slice.Faces.Count));
        Assert.Empty(SliceRow.Read(SliceRow.Write([])));
    }

    [Fact]
    public void Read_RowCutAnywhere_GivesWholeSlicesOrFails()
    {
        var whole = SliceRow.Write(Slices);
        int[] ends = [0, 4 + Slices[0].Length, 8 + Slices[0].Length + Slices[1].Length];
        for (var length = 0; length < whole.Length; length++)
        {
            var row = whole[..length];
            if (Array.IndexOf(ends, length) is >= 0 and var count) Assert.Equal(count, SliceRow.Read(row).Count());
            else Assert.Throws<FormatException>(() => SliceRow.Read(row).Count());
        }

        Assert.Throws<FormatException>(() => SliceRow.Read(new byte[] { 255, 255, 255, 255, 0 }).Count());
    }

    private static Slice Of(int faces) => new($"t{faces}", new string('0', 64), [.. Enumerable.Range(0, faces).Select(i => new SliceFace { Key = new($"t{faces}", $"{i}.jpg", 0), Eyes = [] })]);
}
