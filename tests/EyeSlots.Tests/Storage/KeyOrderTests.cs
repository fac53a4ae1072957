using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Storage;

/// <summary>Keys in the order of their UTF-8 bytes.</summary>
public sealed class KeyOrderTests
{
    private static readonly string[] Parts = ["", "a", "b", "A", "/", ".", "-", "0", "é", "\u0001", "\uD7FF", "\uE000", "\uFFFD", "😀", "\U0010FFFF", "日本"];

    [Fact]
    public void Compare_KeysOfAllKindsOfCharacters_IsTheOrderOfTheirBytes()
    {
        string[] keys = [.. from first in Parts from second in Parts from third in Parts select first + second + third];
        foreach (var left in keys)
        {
            foreach (var right in keys)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.Equal(Math.Sign(expected), Math.Sign(KeyOrder.Compare(left, right)));
            }
        }
    }

    [Theory]
    [InlineData("a", "b", false)]
    [InlineData("b", "b", false)]
    [InlineData("b/a", "b", true)]
    [InlineData("c", "b", true)]
    [InlineData("c", null, false)]
    public void IsBefore_AKey_IsWhatLiesBehindTheEnd(string key, string? until, bool expected) => Assert.Equal(expected, new KeyRange("", until).IsBefore(key));
}
