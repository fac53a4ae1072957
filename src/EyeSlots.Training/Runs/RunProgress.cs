namespace EyeSlots.Training.Runs;

/// <summary>Where a run is, with all that its next line of metrics and its next decision need; travels in each checkpoint.</summary>
internal sealed record RunProgress
{
    /// <summary>What was trained on.</summary>
    public Position Position { get; init; }

    /// <summary>Sum over the faces of this epoch so far of the loss of their batches.</summary>
    public double LossSum { get; init; }

    /// <summary>Faces of this epoch so far.</summary>
    public long Faces { get; init; }

    /// <summary>Seconds of training in this epoch so far, over all processes that worked on it.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of them in which no batch was ready.</summary>
    public double Waited { get; init; }

    /// <summary>The best epoch so far, from 1; 0 before the first has ended.</summary>
    public int BestEpoch { get; init; }

    /// <summary>Its mean CCC on validation; null where it is undefined.</summary>
    public double? BestCcc { get; init; }

    /// <summary>The mean loss of this epoch so far.</summary>
    public double Loss => Faces == 0 ? 0 : LossSum / Faces;

    /// <summary>Epochs since the best one.</summary>
    public int Stale => Position.Epoch - BestEpoch;

    /// <summary>After a step on a batch.</summary>
    public RunProgress AfterBatch(int index, int faces, double loss) =>
        this with { Position = Position with { Batch = index + 1 }, LossSum = LossSum + (loss * faces), Faces = Faces + faces };

    /// <summary>After the end of an epoch; a mean CCC that is undefined is worse than any.</summary>
    public RunProgress AfterEpoch(double? ccc)
    {
        var isBest = BestEpoch == 0 || (ccc is { } reached && !(reached <= BestCcc));
        var epoch = Position.Epoch + 1;
        return new() { Position = new(epoch, 0), BestEpoch = isBest ? epoch : BestEpoch, BestCcc = isBest ? ccc : BestCcc };
    }
}
