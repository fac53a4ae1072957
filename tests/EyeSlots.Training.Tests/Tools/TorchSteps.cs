namespace EyeSlots.Training.Tests.Tools;

/// <summary>
/// Tests that take steps of training. torch has one generator for the whole process, seeded before each step: steps of two networks at
/// the same time would drop other values than each alone.
/// </summary>
[CollectionDefinition(nameof(TorchSteps), DisableParallelization = true)]
public sealed class TorchSteps;
