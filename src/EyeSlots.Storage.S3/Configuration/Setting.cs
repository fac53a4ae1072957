namespace EyeSlots.Storage.S3.Configuration;

/// <summary>A value and where it was set, so that a message can name what to change.</summary>
/// <param name="Value">The value.</param>
/// <param name="Source">An option, a variable or a profile's property, as the user wrote it; or <c>default</c>.</param>
internal readonly record struct Setting<T>(T Value, string Source);
