namespace EyeSlots.Training.Optimization;

/// <summary>How gradients change weights.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with 0.9, 0.999 and 1e-8; weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam whose weight decay shrinks the weights themselves.</summary>
    AdamW,

    /// <summary>Gradient descent with Nesterov's momentum.</summary>
    Sgd,
}
