namespace EyeSlots.Cli.Commands;

/// <summary>Shows how many shards of a generation are done.</summary>
/// <param name="steps">Where to.</param>
/// <param name="doing">What is done with them, as in <c>reading shards</c>.</param>
/// <param name="total">All of them.</param>
internal sealed class ShardSteps(IProgress<Step> steps, string doing, int total) : IProgress<int>
{
    public void Report(int value) => steps.Report(new(doing, value, total));
}
