namespace EyeSlots.Training.Optimization;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>The mean squared error of both outputs.</summary>
    Mse,

    /// <summary>1 − the mean of both outputs' CCC within the batch.</summary>
    Ccc,

    /// <summary>A mixture of both.</summary>
    Both,
}
