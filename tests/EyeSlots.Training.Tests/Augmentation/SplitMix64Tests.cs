using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>The generator's numbers may never change: with them would change what old runs repeat.</summary>
public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_IsTheSequenceThatItsAuthorsPublished()
    {
        var generator = new SplitMix64(1234567);
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(published, published.Select(_ => generator.Next()));
    }

    // As twenty lines of Python reckon them.
    [Fact]
    public void Shuffle_AndHash_GiveForEverWhatTheyGave()
    {
        int[] order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        new SplitMix64(42).Shuffle(order);
        Assert.Equal([8, 3, 6, 5, 4, 0, 9, 2, 1, 7], order);
        Assert.Equal((7526008163036107628UL, 6334225370231945226UL), (SplitMix64.Hash(1, 2), SplitMix64.Hash(2, 1)));
    }

    [Fact]
    public void Shuffle_PutsEachItemAnywhereAsOften()
    {
        const int items = 5, times = 20_000;
        var counts = new int[items, items];
        var generator = new SplitMix64(7);
        for (var time = 0; time < times; time++)
        {
            int[] order = [0, 1, 2, 3, 4];
            generator.Shuffle(order);
            for (var place = 0; place < items; place++) counts[place, order[place]]++;
        }

        // Five standard deviations around a fifth.
        foreach (var count in counts) Assert.InRange(count, (times / items) - 285, (times / items) + 285);
    }
}
