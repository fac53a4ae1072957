namespace EyeSlots.Training.Models;

/// <summary>What convolutions and dense layers compute in. Weights, normalisation and loss are float32 in each.</summary>
public enum Precision
{
    /// <summary>24 bits of mantissa.</summary>
    Float32,

    /// <summary>Products from 11 bits of mantissa, sums of 24; on NVIDIA cards.</summary>
    Tf32,

    /// <summary>8 bits of mantissa: a product's operands are cast, its weights stay float32; on NVIDIA cards.</summary>
    BFloat16,
}
